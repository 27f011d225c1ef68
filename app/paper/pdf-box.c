/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "paper/pdf-box-private.h"

#include <errno.h>
#include <linux/landlock.h>
#include <seccomp.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#define LANDLOCK_RIGHTS_FIRST ((1ULL << 13) - 1)               /* what its first version knows */
#define LANDLOCK_RIGHTS_SECOND (1ULL << 13)                    /* linking across folders */
#define LANDLOCK_RIGHTS_THIRD (1ULL << 14)                     /* truncating */

static const struct {
  int resource;
  rlim_t limit;
} limits[] = {
  { RLIMIT_CPU, 20 },                 /* seconds in all; the parent gives up on one request long before */
#ifndef __SANITIZE_ADDRESS__
  { RLIMIT_AS, 600 * 1000 * 1000 },   /* the address sanitizer's shadow alone would not fit */
#endif
  { RLIMIT_FSIZE, 0 },                /* no file grows */
  { RLIMIT_NOFILE, 3 },               /* nothing is opened beside standard input, output and error */
  { RLIMIT_CORE, 0 },                 /* a client's letter is not left in a core file */
};

/* What reading, drawing and answering need. Whatever is not here answers EPERM, so that a library that looks for a
 * file falls back instead of dying. */
static const int allowed[] = {
  SCMP_SYS (read),           SCMP_SYS (readv),          SCMP_SYS (write),        SCMP_SYS (writev),
  SCMP_SYS (close),          SCMP_SYS (fstat),          SCMP_SYS (lseek),        SCMP_SYS (poll),
  SCMP_SYS (brk),            SCMP_SYS (munmap),         SCMP_SYS (mremap),       SCMP_SYS (madvise),
  SCMP_SYS (futex),          SCMP_SYS (sched_yield),    SCMP_SYS (getpid),       SCMP_SYS (gettid),
  SCMP_SYS (clock_gettime),  SCMP_SYS (clock_getres),   SCMP_SYS (gettimeofday), SCMP_SYS (time),
  SCMP_SYS (getrandom),      SCMP_SYS (rt_sigprocmask), SCMP_SYS (rt_sigaction), SCMP_SYS (rt_sigreturn),
  SCMP_SYS (sigaltstack),    SCMP_SYS (restart_syscall), SCMP_SYS (exit),        SCMP_SYS (exit_group),
};

/* Memory, but none that could be run as a program. */
static const int allowed_without_exec[] = { SCMP_SYS (mmap), SCMP_SYS (mprotect) };

static gboolean
set_limits (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (limits); i++)
    {
      const struct rlimit limit = { limits[i].limit, limits[i].limit };

      if (setrlimit (limits[i].resource, &limit) != 0)
        return FALSE;
    }
  return TRUE;
}

static gboolean
load_filter (void)
{
  scmp_filter_ctx filter = seccomp_init (SCMP_ACT_ERRNO (EPERM));
  gboolean good = filter != NULL;

  for (guint i = 0; good && i < G_N_ELEMENTS (allowed); i++)
    good = seccomp_rule_add (filter, SCMP_ACT_ALLOW, allowed[i], 0) == 0;
  for (guint i = 0; good && i < G_N_ELEMENTS (allowed_without_exec); i++)
    good = seccomp_rule_add (filter, SCMP_ACT_ALLOW, allowed_without_exec[i], 1,
                             SCMP_A2 (SCMP_CMP_MASKED_EQ, PROT_EXEC, 0)) == 0;
  /* Every thread that a library may have started. */
  good = good && seccomp_attr_set (filter, SCMP_FLTATR_CTL_TSYNC, 1) == 0 && seccomp_load (filter) == 0;
  if (filter != NULL)
    seccomp_release (filter);
  return good;
}

/* No rule, so no file at all: a second wall, behind the filter. 0 where the kernel has none, -1 where it has one that
 * would not close, else the version of its interface. */
static int
close_landlock (void)
{
  int version = syscall (SYS_landlock_create_ruleset, NULL, 0, LANDLOCK_CREATE_RULESET_VERSION);
  struct landlock_ruleset_attr rights = { .handled_access_fs = LANDLOCK_RIGHTS_FIRST };
  int rules;

  if (version < 1)
    return 0;
  if (version >= 2)
    rights.handled_access_fs |= LANDLOCK_RIGHTS_SECOND;
  if (version >= 3)
    rights.handled_access_fs |= LANDLOCK_RIGHTS_THIRD;
  rules = syscall (SYS_landlock_create_ruleset, &rights, sizeof rights, 0);
  if (rules < 0 || syscall (SYS_landlock_restrict_self, rules, 0) != 0)
    version = -1;
  if (rules >= 0)
    close (rules);
  return version;
}

gboolean
acc_pdf_box_close (AccPdfBox *box)
{
  /* PR_SET_PDEATHSIG is left out: it follows the thread that started this process, and a worker's thread may end
   * while its document is still open. The end of the parent is the end of the socket, and so of this process. */
  gboolean closed = clearenv () == 0 && chdir ("/") == 0 && prctl (PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 &&
                    prctl (PR_SET_DUMPABLE, 0, 0, 0, 0) == 0 && close_range (STDERR_FILENO + 1, ~0U, 0) == 0;

  box->landlock = closed ? close_landlock () : -1;
  return closed && box->landlock >= 0 && set_limits () && load_filter ();
}
