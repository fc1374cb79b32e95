package io.lsqroutes;

import java.nio.file.Path;
import java.util.List;
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
    /** The exit code of a start that is refused. */
    static final int REFUSED = 2;

    /** The exit code of a process whose journal another one has taken over. */
    static final int SECOND_WRITER = 3;

    /** The settings that route files name; no other goes through Camel's properties, which are logged. */
    private static final Pattern USED_BY_ROUTES = Pattern.compile(
            "lsq\\.(host|routes|call\\.deadline|max-in-flight|topic\\.[a-z]+|kafka\\.bootstrap-servers|kafka\\.group)");

    private Application() {}

    public static void main(String[] args) throws Exception {
        if (args.length > 0) {
            System.exit(command(args[0], List.of(args).subList(1, args.length)));
        }
        try {
            Main bundle = bundle(System.getenv());
            bundle.run();
            System.exit(bundle.getExitCode());
        } catch (InvalidSettings e) {
            System.err.println("The start is refused; these settings have to be put right:");
            e.problems().forEach(problem -> System.err.println("  " + problem));
            System.exit(REFUSED);
        }
    }

    /** A Camel Main that can end with an exit code of its own. */
    private static final class Bundle extends Main {
        void stopWith(int code) {
            exitCode.compareAndSet(UNINITIALIZED_EXIT_CODE, code);
            // Not on the calling thread: Camel waits for it when it stops.
            new Thread(getCamelContext()::stop, "stop").start();
        }
    }

    private static int command(String name, List<String> arguments) {
        if (name.equals("replay")) {
            // Its own lines are what it tells; log4j2.properties has the level.
            System.setProperty("log.level", "warn");
            return new ReplayCommand(System.out, System.err).run(arguments, System.getenv());
        }
        System.err.println("unknown command '" + name + "'");
        System.err.println("""
                usage: java -jar leadsquared-password-routes.jar           runs the bundle
                       java -jar leadsquared-password-routes.jar replay    puts dead events back; replay --help tells how
                Settings come from the environment (LSQ_HOST, LSQ_PORTAL_ID, …) and from files under /run/secrets;
                README.md lists them all, application.properties has their defaults.""");
        return REFUSED;
    }

    /**
     * The bundle, ready to start.
     *
     * @param environment the environment its settings come from
     */
    public static Main bundle(Map<String, String> environment) throws InvalidSettings {
        return bundle(environment, Path.of("/run/secrets"));
    }

    /**
     * The same, with its secrets in the files of this directory.
     *
     * @param environment the environment its other settings come from
     */
    public static Main bundle(Map<String, String> environment, Path secrets) throws InvalidSettings {
        SettingsSource source = new SettingsSource(environment, secrets);
        SortedMap<String, String> settings = source.settings();
        Settings checked = Settings.read(key -> settings.getOrDefault(key, ""));
        Logger log = LoggerFactory.getLogger(Application.class);
        source.unknownVariables().forEach(name -> log.warn("{} is no setting of this bundle; is it mistyped?", name));

        Properties overriding = new Properties();
        settings.forEach((key, value) -> {
            if (USED_BY_ROUTES.matcher(key).matches()) {
                overriding.setProperty(key, value);
            }
        });
        KeyFiles keyFiles = new KeyFiles(source, checked.account(), log::warn);
        Bundle main = new Bundle();
        main.configure().addConfiguration(new BundleConfiguration(checked, keyFiles, main::stopWith));
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
