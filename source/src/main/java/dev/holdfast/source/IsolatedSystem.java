package dev.holdfast.source;

import java.io.File;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Set;
import org.eclipse.jgit.lib.Config;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.storage.file.FileBasedConfig;
import org.eclipse.jgit.storage.file.WindowCacheConfig;
import org.eclipse.jgit.util.FS;
import org.eclipse.jgit.util.FS_POSIX;
import org.eclipse.jgit.util.SystemReader;
import org.jspecify.annotations.Nullable;

/// What JGit may know of the machine: nothing that could change what it does. No configuration of the user or the
/// system, no environment, no git binary, no hooks. JGit keeps this per process, so it is installed once, before
/// the first repository is opened.
final class IsolatedSystem extends SystemReader {

    private static final Set<String> PROPERTIES = Set.of("os.name", "java.version", "java.vendor", "file.separator");
    private static final long WINDOW_CACHE_BYTES = 64L << 20;
    private static final int STREAMED_FROM_BYTES = 20 << 20;

    private IsolatedSystem() {}

    /// Done again by every host and endpoint: a repeated call changes nothing.
    static void install() {
        if (SystemReader.getInstance() instanceof IsolatedSystem) return;
        SystemReader.setInstance(new IsolatedSystem());
        var windows = new WindowCacheConfig();
        windows.setPackedGitLimit(WINDOW_CACHE_BYTES);
        windows.setPackedGitWindowSize(64 << 10);
        windows.setPackedGitOpenFiles(256);
        windows.setPackedGitMMAP(false);
        windows.setDeltaBaseCacheLimit(16 << 20);
        windows.setStreamFileThreshold(STREAMED_FROM_BYTES);
        windows.install();
    }

    @Override
    public String getHostname() {
        return "localhost";
    }

    @Override
    public @Nullable String getenv(String variable) {
        return null;
    }

    @Override
    public @Nullable String getProperty(String key) {
        return PROPERTIES.contains(key) ? System.getProperty(key) : null;
    }

    @Override
    public FileBasedConfig openUserConfig(@Nullable Config parent, FS fs) {
        return new EmptyConfig(parent, fs);
    }

    @Override
    public FileBasedConfig openSystemConfig(@Nullable Config parent, FS fs) {
        return new EmptyConfig(parent, fs);
    }

    @Override
    public FileBasedConfig openJGitConfig(@Nullable Config parent, FS fs) {
        return new EmptyConfig(parent, fs);
    }

    @Override
    public long getCurrentTime() {
        return System.currentTimeMillis();
    }

    @Override
    public Instant now() {
        return Instant.now();
    }

    @Override
    public int getTimezone(long when) {
        return 0;
    }

    @Override
    public ZoneOffset getTimeZoneAt(Instant when) {
        return ZoneOffset.UTC;
    }

    /// A configuration that is no file: never read, never written, and empty but for what keeps JGit from writing
    /// probes to find out how fine the file system's time stamps are.
    private static final class EmptyConfig extends FileBasedConfig {

        private static final String COARSE = "20 milliseconds";

        EmptyConfig(@Nullable Config parent, FS fs) {
            super(parent, null, fs);
        }

        @Override
        public @Nullable String getString(String section, @Nullable String subsection, String name) {
            return section.equals("filesystem") && !name.isEmpty()
                    ? COARSE
                    : super.getString(section, subsection, name);
        }

        @Override
        public void load() {}

        @Override
        public void save() {}

        @Override
        public boolean isOutdated() {
            return false;
        }
    }

    /// The file system without the programs that JGit would look for in it.
    static final class Files extends FS_POSIX {

        @Override
        public FS newInstance() {
            return new Files();
        }

        @Override
        protected @Nullable File discoverGitExe() {
            return null;
        }

        @Override
        public @Nullable File findHook(Repository repository, String hookName) {
            return null;
        }

        @Override
        protected File userHomeImpl() {
            return new File("/nonexistent");
        }
    }
}
