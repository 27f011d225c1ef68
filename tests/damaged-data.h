/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A machine whose words for letters in one language are damaged, so that no letter in it can be set. */
#pragma once

#include <glib.h>

/* The program's data folder with resources/languages/LANGUAGE.conf so damaged, for acc_places_set_data; removed by
 * test_folder_free. Its error names "months". */
char *damaged_data_new (const char *language) G_GNUC_WARN_UNUSED_RESULT;
