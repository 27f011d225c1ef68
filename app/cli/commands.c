/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/commands.h"

#define STORE ACC_OPTION_STORE
#define SIGN_IN (ACC_OPTION_STORE | ACC_OPTION_PASSPHRASE)

const AccCommand acc_commands[] = {
  { "setup", "", 0, 0, SIGN_IN | ACC_OPTION_BRANCH | ACC_OPTION_RECOVERY, acc_command_setup,
    "make both stores, the keys and the first banker" },
  { "banker add", "NAME", 1, 1, SIGN_IN | ACC_OPTION_NEW_BANKER, acc_command_banker_add,
    "add a banker (a manager signs in)" },
  { "banker link", "NAME ID", 2, 2, SIGN_IN, acc_command_banker_link, "say who a banker is in the directory" },
  { "banker list", "", 0, 0, STORE | ACC_OPTION_JSON, acc_command_banker_list, "list the bankers" },
  { "banker disable", "NAME", 1, 1, SIGN_IN, acc_command_banker_disable,
    "let a banker sign in no more (a manager signs in)" },
  { "banker passphrase", "NAME", 1, 1, SIGN_IN | ACC_OPTION_NEW_PASSPHRASE, acc_command_banker_passphrase,
    "change one's own passphrase, or give a new one to who has lost it (a manager signs in)" },
  { "key rotate", "", 0, 0, SIGN_IN | ACC_OPTION_RECOVERY, acc_command_key_rotate,
    "give the branch a new key, or finish doing so (a manager signs in)" },
  { "key recover", "", 0, 0, STORE | ACC_OPTION_RECOVERY | ACC_OPTION_NEW_PASSPHRASE | ACC_OPTION_BANKER,
    acc_command_key_recover, "let a manager sign in again, with the recovery key alone" },
  { "secret set", "mail|directory", 1, 1, SIGN_IN | ACC_OPTION_SECRET, acc_command_secret_set,
    "keep the password for the mail or the directory server (a manager signs in)" },
  { "staff import", "FILE.csv|ldap", 1, 1, SIGN_IN | ACC_OPTION_IMPORT, acc_command_staff_import,
    "import the staff directory, from a file or by LDAP" },
  { "staff find", "TEXT", 1, 1, SIGN_IN | ACC_OPTION_JSON, acc_command_staff_find, "find people by name or id" },
  { "staff chain", "NAME", 1, 1, SIGN_IN | ACC_OPTION_JSON | ACC_OPTION_ON, acc_command_staff_chain,
    "who somebody reports to" },
  { "letterhead check", "DIR", 1, 1, 0, acc_command_letterhead_check, "say what is wrong with a letterhead" },
  { "render", "LETTER.json", 1, 1, STORE | ACC_OPTION_RENDER | ACC_OPTION_NUMBER, acc_command_render,
    "make a letter's PDF; no store is needed" },
  { "submit", "LETTER.json", 1, 1, STORE | ACC_OPTION_NUMBER | ACC_OPTION_SLIP, acc_command_submit,
    "proofread, seal and queue a letter; prints its number" },
  { "list", "", 0, 0, STORE | ACC_OPTION_JSON, acc_command_list, "list the letters: nothing personal" },
  { "show", "NUMBER", 1, 1, SIGN_IN | ACC_OPTION_JSON | ACC_OPTION_PDF, acc_command_show, "open a letter" },
  { "verify", "[LETTER.pdf]", 0, 1, SIGN_IN, acc_command_verify, "check both stores, or one PDF against them" },
  { "backup", "FILE", 1, 1, STORE, acc_command_backup, "write both stores into one file; FILE may be a folder" },
  { "restore", "FILE", 1, 1, STORE, acc_command_restore, "make a new store from a backup" },
  { "erase", "NUMBER", 1, 1, SIGN_IN | ACC_OPTION_ERASE, acc_command_erase,
    "erase a letter for good (a manager signs in); writes a receipt" },
  { "requests", "", 0, 0, STORE | ACC_OPTION_JSON, acc_command_requests,
    "list what clients ask for with their slips: nothing personal" },
  { "answer", "NUMBER done|too-late|refused", 2, 2, SIGN_IN, acc_command_answer,
    "answer what the client of a letter asks; done takes the letter back" },
  { "retain", "", 0, 0, STORE | ACC_OPTION_RETAIN, acc_command_retain,
    "remove the letters whose time is over; needs no sign-in" },
  { "kiosk exit-code", "", 0, 0, STORE | ACC_OPTION_CODE, acc_command_kiosk_exit_code,
    "set the code, 6 to 12 digits, that opens the kiosk's staff page" },
  { "doctor", "", 0, 0, SIGN_IN | ACC_OPTION_JSON, acc_command_doctor,
    "say what an administrator must know of branch and machine; signed in, also whether the mail password is right" },
};

const gsize acc_n_commands = G_N_ELEMENTS (acc_commands);
