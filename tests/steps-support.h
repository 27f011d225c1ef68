/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What SQLite does, as the steps of its virtual machine: the same from run to run on any machine, so that a test can tell
 * work that grows with the store from work that does not. */
#pragma once

#include <glib.h>

/* The steps of every statement of this process since the last call. Any thread. */
guint steps_take (void);
