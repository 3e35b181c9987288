package dev.holdfast.yaml;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.holdfast.model.FaultException;
import dev.holdfast.model.Origin;
import java.io.IOException;

/// What a line of a watch is about, read without building the object: most lines tell of objects that nobody here
/// needs, or of a version that is known already. Reading stops as soon as all three texts are found; the rest of
/// the line is not even checked. A text that is missing is empty (a bookmark has no uid, an error neither).
public record WatchLine(String type, String uid, String resourceVersion) {

    /// @throws FaultException terminal `InvalidJson` when the line is broken before the three texts are found
    public static WatchLine of(byte[] line) {
        try (var parser = Json.parser(line, Origin.NONE)) {
            var scan = new Scan();
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new FaultException(Json.fault(Origin.NONE, "invalid JSON: a watch line is an object"));
            }
            scan.line(parser);
            return new WatchLine(scan.type, scan.uid, scan.resourceVersion);
        } catch (IOException error) {
            throw Json.broken(Origin.NONE, error);
        }
    }

    private static final class Scan {
        private String type = "";
        private String uid = "";
        private String resourceVersion = "";

        void line(JsonParser parser) throws IOException {
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                var key = parser.currentName();
                var token = parser.nextToken();
                if (key.equals("type") && token == JsonToken.VALUE_STRING) type = parser.getText();
                else if (key.equals("object") && token == JsonToken.START_OBJECT) object(parser);
                else parser.skipChildren();
                if (complete()) return;
            }
        }

        private void object(JsonParser parser) throws IOException {
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                var key = parser.currentName();
                var token = parser.nextToken();
                if (key.equals("metadata") && token == JsonToken.START_OBJECT) metadata(parser);
                else parser.skipChildren();
                if (complete()) return;
            }
        }

        private void metadata(JsonParser parser) throws IOException {
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                var key = parser.currentName();
                var token = parser.nextToken();
                if (key.equals("uid") && token == JsonToken.VALUE_STRING) uid = parser.getText();
                else if (key.equals("resourceVersion") && token == JsonToken.VALUE_STRING) {
                    resourceVersion = parser.getText();
                } else parser.skipChildren();
                if (complete()) return;
            }
        }

        private boolean complete() {
            return !type.isEmpty() && !uid.isEmpty() && !resourceVersion.isEmpty();
        }
    }
}
