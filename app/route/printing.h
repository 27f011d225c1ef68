/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Letters on paper, by the printer that accolade.conf names. Each call waits for the print service of this machine: never on
 * the thread that draws, nor on the store's. Any other; each call for itself.
 *
 * Cover and letter are a job each: two documents of one job reach some printers as one stream, of which they print a part
 * and call it done. Both jobs are made held, given their documents, and only then released, one after the other: nothing of
 * it is printed before all of it is there, hardly anybody else's pages come between, and whatever ends before that leaves
 * nothing behind that could print.
 *
 * What becomes of them is what the print service says of the jobs, never what we hope:
 *
 *   nothing was made: the service is silent, or the
 *     printer unknown, stopped or set up otherwise    shut, for everybody who is printed for
 *   both completed                                    handed over
 *   never begun: held, or taken back by us            later
 *   never begun: cancelled by somebody, or aborted    refused
 *   begun, and ended otherwise                        unsure
 *   begun, and not done within [print] timeout        unsure; it is left alone, and may still come out
 *   begun, and the desk ends                          unsure; likewise
 *   one came out, the other did not                   unsure
 *   the service falls silent, or forgets a job        unsure
 *
 * What has not begun is taken back as soon as its printer is stopped, at [print] timeout, or when the desk ends; so is, at
 * [print] timeout, what a printer that cannot be reached has not begun to print. "Begun" is the service's own word, asked for
 * once more after the job was cancelled.
 *
 * Before anything is printed, earlier jobs of the same titles are looked for, so that a second try never prints twice: what
 * has not begun is taken back; what still prints makes it unsure, and so does what was printed, but at the first try after
 * a banker has ordered one. The titles are all that the print service's lists show: number, position and role, nothing of
 * a person. */
#pragma once

#include "base/config.h"
#include "route/door.h"

G_BEGIN_DECLS

/* Prints @package's cover and letter, byte for byte. @error is a sentence that names the printer, unless it was handed over.
 * @cancellable, or NULL, ends it while nothing can have been printed. */
AccDoorResult acc_printing_print (AccConfig *config, const AccPackage *package, GCancellable *cancellable, GError **error);

/* Whether the printer takes letters now; prints nothing. *@trays: which it has, for people; "": there is nothing to choose. */
gboolean acc_printing_check (AccConfig *config, char **trays, GError **error);

G_END_DECLS
