package io.lsqroutes.event;

import org.jspecify.annotations.Nullable;

/**
 * Somebody changes a password, signed in already or to be signed in with the current one.
 *
 * @param person whom to sign in; null only with an {@code authKey}
 * @param authKey the key of the signed-in user; null only with a {@code person}
 */
public record ChangeRequested(
        EventHead head, @Nullable Person person, @Nullable Secret authKey, Secret currentPassword, Secret newPassword)
        implements Event {}
