/*
 * Loaded before the C library (LD_PRELOAD): while the file that FSYNC_FAILS_WHILE names is there,
 * nothing that was written gets to the disk, and whoever asks is told so.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

static int fails(void) {
  const char *path = getenv("FSYNC_FAILS_WHILE");
  return path != NULL && access(path, F_OK) == 0;
}

static int call(const char *name, int fd) {
  if (fails()) {
    errno = EIO;
    return -1;
  }
  int (*next)(int) = (int (*)(int))dlsym(RTLD_NEXT, name);
  return next(fd);
}

int fsync(int fd) { return call("fsync", fd); }
int fdatasync(int fd) { return call("fdatasync", fd); }
