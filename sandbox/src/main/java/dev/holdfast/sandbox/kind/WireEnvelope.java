package dev.holdfast.sandbox.kind;

import dev.holdfast.sandbox.kind.WireForm.Malformed;
import java.util.Arrays;

/// What stands around a message: four fixed bytes, then which kind it is of.
public final class WireEnvelope {

    private static final byte[] MAGIC = {'k', '8', 's', 0};

    private String apiVersion = "";
    private String kind = "";
    private byte[] message = {};

    private WireEnvelope() {}

    public static WireEnvelope of(byte[] body) {
        if (body.length < 4 || !Arrays.equals(body, 0, 4, MAGIC, 0, 4)) throw new Malformed("it begins otherwise");
        var envelope = new WireEnvelope();
        var reader = WireReader.of(Arrays.copyOfRange(body, 4, body.length));
        while (reader.more()) {
            var item = reader.next();
            if (item.number() == 1) envelope.type(item.message());
            else if (item.number() == 2) envelope.message = item.bytes();
        }
        return envelope;
    }

    private void type(WireReader type) {
        while (type.more()) {
            var item = type.next();
            if (item.number() == 1) apiVersion = item.text();
            else if (item.number() == 2) kind = item.text();
        }
    }

    public String apiVersion() {
        return apiVersion;
    }

    public String kind() {
        return kind;
    }

    public byte[] message() {
        return message;
    }
}
