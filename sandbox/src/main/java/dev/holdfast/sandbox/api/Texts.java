package dev.holdfast.sandbox.api;

import dev.holdfast.model.Mapping;
import dev.holdfast.port.ApiTransport.Header;
import dev.holdfast.sandbox.answer.Answer;
import dev.holdfast.sandbox.request.Form;
import dev.holdfast.yaml.JsonReader;
import dev.holdfast.yaml.JsonWriter;
import java.util.List;

/// Bodies in the format that the client wants.
final class Texts {

    private Texts() {}

    static Answer answer(int status, Mapping body, Form form) {
        return new Answer.Whole(status, List.of(contentType(form.format())), of(body, form.format()));
    }

    /// A body that is JSON already.
    static Answer answer(int status, byte[] json, Form form) {
        return switch (form.format()) {
            case JSON -> Answer.json(status, json);
            case YAML -> answer(status, JsonReader.readObject(json), form);
        };
    }

    static byte[] of(Mapping body, Form.Format format) {
        return switch (format) {
            case JSON -> JsonWriter.write(body);
            case YAML -> YamlTexts.write(body);
        };
    }

    static Header contentType(Form.Format format) {
        return new Header(
                "Content-Type",
                switch (format) {
                    case JSON -> "application/json";
                    case YAML -> "application/yaml";
                });
    }
}
