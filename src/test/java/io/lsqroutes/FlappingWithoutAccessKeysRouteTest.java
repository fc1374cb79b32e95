package io.lsqroutes;

import java.util.Map;

/** The same without access keys, so that no key call tells whether the account is well. */
class FlappingWithoutAccessKeysRouteTest extends FlappingRouteTest {
    @Override
    protected Map<String, String> settings() {
        return withGivenKeys(super.settings());
    }
}
