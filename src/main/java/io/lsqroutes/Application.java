package io.lsqroutes;

import io.lsqroutes.attempt.Pauses;
import io.lsqroutes.ops.VitalThreads;
import io.lsqroutes.settings.ExitCode;
import io.lsqroutes.settings.InvalidSettings;
import io.lsqroutes.settings.KeyFiles;
import io.lsqroutes.settings.Settings;
import io.lsqroutes.settings.SettingsSource;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.SortedMap;
import java.util.regex.Pattern;
import org.apache.camel.component.properties.PropertiesComponent;
import org.apache.camel.main.BaseMainSupport;
import org.apache.camel.main.Main;
import org.apache.camel.main.MainListenerSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts the bundle and keeps it running until it is told to stop. */
public final class Application {
    /** The settings that route files name; no other goes through Camel's properties, which are logged. */
    private static final Pattern USED_BY_ROUTES = Pattern.compile(
            "lsq\\.(host|routes|call\\.deadline|max-in-flight|topic\\.[a-z]+|kafka\\.bootstrap-servers|kafka\\.group)");

    private Application() {}

    public static void main(String[] args) throws Exception {
        // Camel binds options by names whose case it changes in the machine's own language: a Turkish one has no "id".
        Locale.setDefault(Locale.ROOT);
        // Whatever encoding the machine has.
        PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        PrintStream err = new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
        System.exit(new CommandLine(out, err, System.getenv()).run(List.of(args)));
    }

    /** A Camel Main that can end with an exit code of its own. */
    private static final class Bundle extends Main implements Ending {
        private volatile boolean ownsItsProcess;

        @Override
        public void cutShort() {
            if (ownsItsProcess) {
                int code = exitCode.get();
                Runtime.getRuntime().halt(code == UNINITIALIZED_EXIT_CODE ? ExitCode.TERMINATED : code);
            }
        }

        @Override
        public void stopWith(int code) {
            exitCode.compareAndSet(UNINITIALIZED_EXIT_CODE, code);
            // Not on the calling thread: Camel waits for it when it stops.
            new Thread(getCamelContext()::stop, "stop").start();
        }
    }

    /**
     * The bundle, ready to start.
     *
     * @param environment the environment its settings come from
     */
    public static Main bundle(Map<String, String> environment) throws InvalidSettings {
        return bundleOf(environment);
    }

    /** The same, as all that its process runs: with it the process ends, and with any of its threads. */
    static Main ownProcess(Map<String, String> environment) throws InvalidSettings {
        Bundle bundle = bundleOf(environment);
        bundle.ownsItsProcess = true;
        Thread.setDefaultUncaughtExceptionHandler(
                new VitalThreads(() -> Runtime.getRuntime().halt(ExitCode.FAILED)));
        return bundle;
    }

    private static Bundle bundleOf(Map<String, String> environment) throws InvalidSettings {
        SettingsSource source = SettingsSource.of(environment);
        Settings checked = Settings.of(source);
        Logger log = LoggerFactory.getLogger(Application.class);
        source.unknownFiles().forEach(log::warn);

        SortedMap<String, String> settings = source.settings();
        Properties overriding = new Properties();
        settings.forEach((key, value) -> {
            if (USED_BY_ROUTES.matcher(key).matches()) {
                overriding.setProperty(key, value);
            }
        });
        KeyFiles keyFiles = new KeyFiles(source, checked.account(), log::warn);
        Bundle main = new Bundle();
        main.configure().addConfiguration(new BundleConfiguration(checked, keyFiles, main, Pauses.USUAL));
        main.setOverrideProperties(overriding);
        main.addMainListener(new MainListenerSupport() {
            /** The settings are read above, once; Camel would let the environment of this process overrule them. */
            @Override
            public void beforeInitialize(BaseMainSupport starting) {
                PropertiesComponent properties =
                        (PropertiesComponent) starting.getCamelContext().getPropertiesComponent();
                properties.setEnvironmentVariableMode(PropertiesComponent.ENVIRONMENT_VARIABLES_MODE_NEVER);
            }
        });
        return main;
    }
}
