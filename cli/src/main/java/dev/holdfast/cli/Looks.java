package dev.holdfast.cli;

import java.util.List;
import picocli.CommandLine.Mixin;

/// What `plan` and `diff` have in common: which App, how it is looked at, and the look itself.
final class Looks {

    @Mixin
    private final AppOptions app = new AppOptions();

    @Mixin
    private final LookOptions look = new LookOptions();

    /// What is done with all placements of the App.
    interface Use {
        int of(Workplace workplace, Looking looking, List<Looking.Seen> placements);
    }

    int at(Session session, Use use) {
        try (var connection = session.connect(app.cluster())) {
            var name = app.name(connection);
            var resource = connection.apps().get(name);
            try (var workplace = Workplace.open(session, connection, look);
                    var sources = new Sources(session, workplace, look)) {
                var looking = new Looking(session, workplace, sources);
                return use.of(workplace, looking, looking.at(resource, name));
            }
        }
    }
}
