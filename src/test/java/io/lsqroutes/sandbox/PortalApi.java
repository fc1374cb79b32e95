package io.lsqroutes.sandbox;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/** The five calls, strict about what they are given. */
final class PortalApi {
    private static final Set<String> POSTS = Set.of(Portal.FORGOT_PASSWORD, Portal.CHANGE_PASSWORD, Portal.SIGN_IN);
    private static final Set<String> GETS = Set.of(Portal.PUBLIC_TOKEN, Portal.REGISTER_TOKEN);
    private static final Pattern JSON_TYPE = Pattern.compile("(?i)application/json\\s*(;\\s*charset=[^;]+)?");
    private static final List<Set<String>> FORGOT_PASSWORD_SHAPES =
            List.of(Set.of("EmailAddress"), Set.of("SearchKeyData"), Set.of("SearchKeyData", "RecipientField"));
    private static final List<Set<String>> SIGN_IN_SHAPES =
            List.of(Set.of("EmailAddress", "Password"), Set.of("SearchKeyData", "Password"));
    private static final List<Set<String>> CHANGE_PASSWORD_SHAPES = List.of(Set.of("CurrentPassword", "NewPassword"));

    private final PortalOptions options;
    private final PortalAccounts accounts;
    private final QuirkPlan quirks;
    private final String limitMessage;
    private volatile Keys keys;

    /** The keys that change together when they are rotated. */
    record Keys(String publicAuthKey, String registerToken, int generation) {}

    PortalApi(PortalOptions options, PortalAccounts accounts, QuirkPlan quirks, String limitMessage) {
        this.options = options;
        this.accounts = accounts;
        this.quirks = quirks;
        this.limitMessage = limitMessage;
        this.keys = new Keys(options.publicAuthKey, options.registerToken, 1);
    }

    Keys keys() {
        return keys;
    }

    /** The new keys begin with the first ones, so that a leak scan for those finds them too. */
    synchronized void rotateKeys() {
        int next = keys.generation() + 1;
        keys = new Keys(options.publicAuthKey + "-" + next, options.registerToken + "-" + next, next);
    }

    static boolean has(String endpoint) {
        return POSTS.contains(endpoint) || GETS.contains(endpoint);
    }

    /** Whom a call is about, "" where that cannot be read. */
    String personIn(PortalCall call) {
        if (call.endpoint().equals(Portal.CHANGE_PASSWORD)) {
            return accounts.whoSignedIn(call.header("authorization")).orElse("");
        }
        try {
            return POSTS.contains(call.endpoint())
                    ? RequestBody.parse(call.body()).person()
                    : "";
        } catch (IllegalArgumentException unreadable) {
            return "";
        }
    }

    Answer answer(PortalCall call) {
        if (!has(call.endpoint())) {
            return Answer.json(404, Answer.object().put("Message", "The API could not be found"));
        }
        if (!call.method().equals(GETS.contains(call.endpoint()) ? "GET" : "POST")) {
            return Answer.error(405, "MXMethodNotAllowedException", call.method() + " is not allowed");
        }
        return GETS.contains(call.endpoint()) ? token(call) : post(call);
    }

    private Answer token(PortalCall call) {
        if (!accessKey(call, "x-lsq-accesskey", "accessKey").equals(options.accessKey)
                || !accessKey(call, "x-lsq-secretkey", "secretKey").equals(options.secretKey)) {
            return Answer.unauthorized("The access key or the secret key is not valid");
        }
        return call.endpoint().equals(Portal.REGISTER_TOKEN)
                ? Answer.json(200, TextNode.valueOf(keys.registerToken()))
                : Answer.json(200, Answer.object().put("PublicAuthKey", keys.publicAuthKey()));
    }

    private static String accessKey(PortalCall call, String header, String parameter) {
        return call.headers().containsKey(header) ? call.header(header) : call.parameter(parameter);
    }

    private Answer post(PortalCall call) {
        if (!JSON_TYPE.matcher(call.header("content-type")).matches()) {
            return Answer.badRequest("The Content-Type is not application/json");
        }
        Keys current = keys;
        boolean change = call.endpoint().equals(Portal.CHANGE_PASSWORD);
        String authorization = call.header("authorization");
        if (change ? call.person().isEmpty() : !authorization.equals(current.publicAuthKey())) {
            return Answer.unauthorized("The auth key is not valid or has expired");
        }
        if (!call.header("x-lsq-registertoken").equals(current.registerToken())
                || !call.header("x-lsq-portalid").equals(options.portalId)) {
            return Answer.unauthorized("The registration token or the portal id is not valid");
        }
        try {
            RequestBody body = RequestBody.parse(call.body());
            return switch (call.endpoint()) {
                case Portal.FORGOT_PASSWORD -> forgotPassword(body);
                case Portal.CHANGE_PASSWORD -> changePassword(call.person(), body);
                default -> signIn(body);
            };
        } catch (IllegalArgumentException e) {
            return Answer.badRequest(String.valueOf(e.getMessage()));
        }
    }

    private Answer forgotPassword(RequestBody body) {
        String person = body.inOneShapeOf(FORGOT_PASSWORD_SHAPES).person();
        if (body.has("RecipientField")) {
            body.object("RecipientField", Set.of("SchemaName")).text("SchemaName");
        }
        return withQuirks(person, () -> {
            accounts.sendMail(person);
            ObjectNode sent = Answer.object().put("Status", "Success").put("Message", "Reset link sent successfully");
            if (options.olderAnswer) {
                sent.put("LeadId", PortalAccounts.leadId(person))
                        .put("TemporaryPassword", PortalOptions.TEMPORARY_PASSWORD);
            }
            return Answer.json(200, sent).done();
        });
    }

    private Answer changePassword(String person, RequestBody body) {
        body.inOneShapeOf(CHANGE_PASSWORD_SHAPES);
        String current = body.text("CurrentPassword");
        String next = body.text("NewPassword");
        return withQuirks(
                person,
                () -> accounts.changePassword(person, current, next)
                        ? Answer.successful(true, "Password changed successfully")
                                .done()
                        : Answer.successful(false, "Current password is incorrect"));
    }

    private Answer signIn(RequestBody body) {
        String person = body.inOneShapeOf(SIGN_IN_SHAPES).person();
        String password = body.text("Password");
        Supplier<Answer> call = () -> accounts.password(person).equals(password)
                ? Answer.json(
                        200,
                        Answer.object()
                                .put("LeadId", PortalAccounts.leadId(person))
                                .put("AuthKey", accounts.signIn(person)))
                : Answer.error(401, "MXInvalidCredentialsException", "Invalid credentials");
        return quirks.next(signInOf(person))
                .map(quirk -> quirk.applyTo(call, limitMessage))
                .orElseGet(call);
    }

    /** Sign-in keeps its quirks apart, and takes none from the address: a typed quirk is for the call that follows. */
    static String signInOf(String person) {
        return "sign-in " + person;
    }

    private Answer withQuirks(String person, Supplier<Answer> call) {
        return quirks.next(person)
                .or(() -> quirks.typedBy(person))
                .map(quirk -> quirk.applyTo(call, limitMessage))
                .orElseGet(call);
    }
}
