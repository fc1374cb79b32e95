package io.lsqroutes.leadsquared.answer;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The API's exception types that a retry only repeats, given as names in which {@code *} stands for any letters. */
public final class PermanentTypes {
    private final Pattern pattern;

    public PermanentTypes(List<String> names) {
        pattern = Pattern.compile(names.stream()
                .map(name -> "\\Q" + name.replace("*", "\\E.*\\Q") + "\\E")
                .collect(Collectors.joining("|")));
    }

    public boolean contains(String type) {
        return pattern.matcher(type).matches();
    }
}
