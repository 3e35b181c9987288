package dev.holdfast.bench;

/// @param rounds commits that are measured, each changing all apps
record PoisonOptions(int apps, int rounds, int concurrency) {

    static PoisonOptions parse(String... flags) {
        int apps = 200;
        int rounds = 10;
        int concurrency = 16;
        for (int i = 0; i < flags.length; i++) {
            switch (flags[i]) {
                case "--apps" -> apps = Integer.parseInt(flags[++i]);
                case "--rounds" -> rounds = Integer.parseInt(flags[++i]);
                case "--concurrency" -> concurrency = Integer.parseInt(flags[++i]);
                case "--json" -> {}
                default -> throw new IllegalArgumentException("bench poison does not know " + flags[i]);
            }
        }
        return new PoisonOptions(apps, rounds, concurrency);
    }
}
