package dev.holdfast.sandbox.door;

import dev.holdfast.sandbox.access.User;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Request;

/// Who a client's certificate says that it is: the common name is the user, each organization a group.
final class Caller {

    private Caller() {}

    static Optional<User> of(Request request) {
        if (!(request.getAttribute(EndPoint.SslSessionData.ATTRIBUTE) instanceof EndPoint.SslSessionData session)) {
            return Optional.empty();
        }
        var chain = session.peerCertificates();
        return chain == null || chain.length == 0 ? Optional.empty() : of(chain[0]);
    }

    private static Optional<User> of(X509Certificate certificate) {
        try {
            var name = "";
            List<String> groups = new ArrayList<>();
            for (var part : new LdapName(certificate.getSubjectX500Principal().getName()).getRdns()) {
                if (part.getType().equalsIgnoreCase("CN"))
                    name = part.getValue().toString();
                else if (part.getType().equalsIgnoreCase("O"))
                    groups.add(part.getValue().toString());
            }
            if (name.isEmpty()) return Optional.empty();
            groups.add(User.AUTHENTICATED);
            return Optional.of(new User(name, "", groups, Map.of()));
        } catch (InvalidNameException _) {
            return Optional.empty();
        }
    }
}
