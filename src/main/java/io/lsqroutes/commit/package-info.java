/** Writes what the ledger says in groups: each group, with the offsets it releases, is one Kafka transaction. */
@NullMarked
package io.lsqroutes.commit;

import org.jspecify.annotations.NullMarked;
