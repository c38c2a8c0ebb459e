// Preloaded into a process, writes down in order whatever it does to the files under one folder, so that a test can
// tell what a power cut would have left of them. On demand it lets one of these calls fail, or the process die in it.
//
//   RECORD_FOLDER  the folder, absolute
//   RECORD_LOG     where records go; they are added at the end
//   RECORD_MARKS   a file that is none: what is written to it becomes a mark in the log, in its place, or an order:
//                  "fault sync 3", "fault write 7", "fault name 2": the third sync from now fails, the seventh write or
//                  change of a size, the second name that is made, moved or deleted. The call that failed is told in the
//                  file itself.
//
// Files named *.ballast are not followed: nothing depends on them.
//
// A record is six numbers of 8 bytes in this machine's order (kind, file, at, length of the first text, length of the
// second, 0) and the two texts. Calls go to the kernel directly.
#undef _FORTIFY_SOURCE
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

enum { FDS = 65536, NOTHING = 0, REGULAR, FOLDER, MARKS };

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static char folder[PATH_MAX], marks[PATH_MAX], fault[16];
static char known[FDS];
static int log_fd = -1, fault_left;

__attribute__((constructor)) static void start(void) {
    const char *f = getenv("RECORD_FOLDER"), *l = getenv("RECORD_LOG"), *m = getenv("RECORD_MARKS");
    if (!f || !l || !m) return;
    snprintf(folder, sizeof folder, "%s", f);
    snprintf(marks, sizeof marks, "%s", m);
    int fd = syscall(SYS_openat, AT_FDCWD, l, O_CREAT | O_WRONLY | O_APPEND | O_CLOEXEC, 0600);
    log_fd = fcntl(fd, F_DUPFD_CLOEXEC, 900);
    syscall(SYS_close, fd);
    unsetenv("LD_PRELOAD");
}

static void record(char kind, uint64_t file, uint64_t at, const void *one, size_t n1, const void *two, size_t n2) {
    uint64_t head[6] = {(uint64_t)kind, file, at, n1, n2, 0};
    struct iovec parts[3] = {{head, sizeof head}, {(void *)one, n1}, {(void *)two, n2}};
    if (syscall(SYS_writev, log_fd, parts, 3) != (long)(sizeof head + n1 + n2)) abort();
}

static int within(const char *path) {
    size_t n = strlen(folder), length = strlen(path);
    if (length > 8 && strcmp(path + length - 8, ".ballast") == 0) return 0;
    return log_fd >= 0 && n > 0 && strncmp(path, folder, n) == 0 && (path[n] == '/' || path[n] == 0);
}

static int kind_of(int fd) {
    return fd >= 0 && fd < FDS ? known[fd] : NOTHING;
}

static uint64_t file_of(int fd) {
    struct stat st;
    if (fstat(fd, &st) != 0) abort();
    return st.st_ino;
}

static void path_of(int fd, char *path) {
    char link[64];
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t n = readlink(link, path, PATH_MAX - 1);
    if (n < 0) abort();
    path[n] = 0;
}

static void tell(const char *what, int fd) {
    char path[PATH_MAX] = "", line[PATH_MAX + 32];
    if (fd >= 0) path_of(fd, path);
    char *name = strrchr(path, '/');
    int n = snprintf(line, sizeof line, "%s %s\n", what, name ? name + 1 : "");
    int out = syscall(SYS_openat, AT_FDCWD, marks, O_CREAT | O_WRONLY | O_APPEND, 0600);
    if (syscall(SYS_write, out, line, n) != n) abort();
    syscall(SYS_close, out);
}

// Whether the call that is about to be made must fail; `what` is sync, write or name.
static int fails(const char *what, int fd) {
    if (strcmp(fault, what) != 0 || --fault_left != 0) return 0;
    fault[0] = 0;
    tell(what, fd);
    if (fd >= 0) record('X', file_of(fd), 0, what, strlen(what), "", 0);
    return 1;
}

static long order(const char *text, size_t n) {
    char line[64] = "";
    memcpy(line, text, n < sizeof line - 1 ? n : sizeof line - 1);
    if (sscanf(line, "fault %15s %d", fault, &fault_left) < 1) record('M', 0, 0, text, n, "", 0);
    return n;
}

static void alien(const char *call) {
    record('!', 0, 0, call, strlen(call), "", 0);
}

static int do_open(int at, const char *path, int flags, mode_t mode) {
    if (log_fd < 0 || (path[0] == '/' && !within(path) && strcmp(path, marks) != 0)) {
        return syscall(SYS_openat, at, path, flags, mode);
    }
    if (path[0] != '/') {
        int fd = syscall(SYS_openat, at, path, flags, mode);
        if (kind_of(at) == FOLDER) {
            pthread_mutex_lock(&lock);
            alien("openat");
            pthread_mutex_unlock(&lock);
        }
        return fd;
    }
    pthread_mutex_lock(&lock);
    int fd = -1;
    struct stat st;
    int existed = stat(path, &st) == 0;
    int is_marks = strcmp(path, marks) == 0;
    int creates = !existed && (flags & O_CREAT);
    if (!is_marks && creates && fails("name", -1)) {
        errno = ENOSPC;
    } else {
        fd = syscall(SYS_openat, at, path, flags, mode);
    }
    if (fd >= 0 && fd < FDS) {
        int saved = errno;
        if (fstat(fd, &st) != 0) abort();
        known[fd] = is_marks ? MARKS : S_ISDIR(st.st_mode) ? FOLDER : REGULAR;
        if (known[fd] == REGULAR) {
            record(creates ? 'C' : 'O', st.st_ino, 0, path, strlen(path), "", 0);
            if (existed && (flags & O_TRUNC)) record('T', st.st_ino, 0, "", 0, "", 0);
        }
        errno = saved;
    }
    pthread_mutex_unlock(&lock);
    return fd;
}

static mode_t mode_of(int flags, va_list arguments) {
    return flags & (O_CREAT | __O_TMPFILE) ? va_arg(arguments, mode_t) : 0;
}

#define OPENS(name)                                    \
    int name(const char *path, int flags, ...) {       \
        va_list arguments;                             \
        va_start(arguments, flags);                    \
        mode_t mode = mode_of(flags, arguments);       \
        va_end(arguments);                             \
        return do_open(AT_FDCWD, path, flags, mode);   \
    }
#define OPENS_AT(name)                                 \
    int name(int at, const char *path, int flags, ...) { \
        va_list arguments;                             \
        va_start(arguments, flags);                    \
        mode_t mode = mode_of(flags, arguments);       \
        va_end(arguments);                             \
        return do_open(at, path, flags, mode);         \
    }
OPENS(open)
OPENS(open64)
OPENS_AT(openat)
OPENS_AT(openat64)

int __open_2(const char *path, int flags) { return do_open(AT_FDCWD, path, flags, 0); }
int __open64_2(const char *path, int flags) { return do_open(AT_FDCWD, path, flags, 0); }
int creat(const char *path, mode_t mode) { return do_open(AT_FDCWD, path, O_CREAT | O_WRONLY | O_TRUNC, mode); }
int creat64(const char *path, mode_t mode) { return creat(path, mode); }

int close(int fd) {
    if (kind_of(fd) == NOTHING) return syscall(SYS_close, fd);
    pthread_mutex_lock(&lock);
    known[fd] = NOTHING;
    int result = syscall(SYS_close, fd);
    pthread_mutex_unlock(&lock);
    return result;
}

// Writes at `at`, or where the file stands if that is negative.
static ssize_t do_write(int fd, const void *data, size_t n, off64_t at) {
    pthread_mutex_lock(&lock);
    ssize_t done = -1;
    if (known[fd] == MARKS) {
        done = order(data, n);
    } else if (fails("write", fd)) {
        errno = ENOSPC;
    } else {
        off64_t from = at >= 0 ? at : syscall(SYS_lseek, fd, 0, SEEK_CUR);
        if (at < 0 && (fcntl(fd, F_GETFL) & O_APPEND)) alien("append");
        done = at >= 0 ? syscall(SYS_pwrite64, fd, data, n, at) : syscall(SYS_write, fd, data, n);
        if (done > 0) record('W', file_of(fd), from, data, done, "", 0);
    }
    pthread_mutex_unlock(&lock);
    return done;
}

ssize_t write(int fd, const void *data, size_t n) {
    return kind_of(fd) == NOTHING ? syscall(SYS_write, fd, data, n) : do_write(fd, data, n, -1);
}

ssize_t pwrite64(int fd, const void *data, size_t n, off64_t at) {
    return kind_of(fd) == NOTHING ? syscall(SYS_pwrite64, fd, data, n, at) : do_write(fd, data, n, at);
}

ssize_t pwrite(int fd, const void *data, size_t n, off_t at) { return pwrite64(fd, data, n, at); }

static ssize_t do_writev(int fd, const struct iovec *parts, int count, off64_t at) {
    ssize_t sum = 0;
    for (int i = 0; i < count; i++) {
        ssize_t done = do_write(fd, parts[i].iov_base, parts[i].iov_len, at < 0 ? -1 : at + sum);
        if (done < 0) return sum > 0 ? sum : done;
        sum += done;
        if ((size_t)done < parts[i].iov_len) break;
    }
    return sum;
}

ssize_t writev(int fd, const struct iovec *parts, int count) {
    return kind_of(fd) == NOTHING ? syscall(SYS_writev, fd, parts, count) : do_writev(fd, parts, count, -1);
}

ssize_t pwritev64(int fd, const struct iovec *parts, int count, off64_t at) {
    return kind_of(fd) == NOTHING ? syscall(SYS_pwritev, fd, parts, count, at, 0) : do_writev(fd, parts, count, at);
}

ssize_t pwritev(int fd, const struct iovec *parts, int count, off_t at) { return pwritev64(fd, parts, count, at); }

int ftruncate64(int fd, off64_t size) {
    if (kind_of(fd) == NOTHING) return syscall(SYS_ftruncate, fd, size);
    pthread_mutex_lock(&lock);
    int result = -1;
    if (fails("write", fd)) {
        errno = EIO;
    } else {
        result = syscall(SYS_ftruncate, fd, size);
        if (result == 0) record('T', file_of(fd), size, "", 0, "", 0);
    }
    pthread_mutex_unlock(&lock);
    return result;
}

int ftruncate(int fd, off_t size) { return ftruncate64(fd, size); }

static int do_sync(int fd, long call) {
    if (kind_of(fd) == NOTHING) return syscall(call, fd);
    pthread_mutex_lock(&lock);
    int result = -1;
    if (fails("sync", fd)) {
        errno = EIO;
    } else {
        result = syscall(call, fd);
        char path[PATH_MAX];
        path_of(fd, path);
        if (result == 0) record(known[fd] == FOLDER ? 'D' : 'S', file_of(fd), 0, path, strlen(path), "", 0);
    }
    pthread_mutex_unlock(&lock);
    return result;
}

int fsync(int fd) { return do_sync(fd, SYS_fsync); }
int fdatasync(int fd) { return do_sync(fd, SYS_fdatasync); }

static int do_unlink(int at, const char *path, int flags) {
    if (log_fd < 0 || !within(path)) return syscall(SYS_unlinkat, at, path, flags);
    pthread_mutex_lock(&lock);
    int result = -1;
    if (access(path, F_OK) == 0 && fails("name", -1)) {
        errno = EIO;
    } else {
        result = syscall(SYS_unlinkat, at, path, flags);
        if (result == 0) record('U', 0, 0, path, strlen(path), "", 0);
    }
    pthread_mutex_unlock(&lock);
    return result;
}

int unlink(const char *path) { return do_unlink(AT_FDCWD, path, 0); }
int unlinkat(int at, const char *path, int flags) { return do_unlink(at, path, flags); }
int remove(const char *path) {
    int result = do_unlink(AT_FDCWD, path, 0);
    return result != 0 && errno == EISDIR ? do_unlink(AT_FDCWD, path, AT_REMOVEDIR) : result;
}

static int do_rename(int from_at, const char *from, int to_at, const char *to, unsigned flags) {
    if (log_fd < 0 || (!within(from) && !within(to))) {
        return syscall(SYS_renameat2, from_at, from, to_at, to, flags);
    }
    pthread_mutex_lock(&lock);
    int result = -1;
    if (fails("name", -1)) {
        errno = EIO;
    } else {
        result = syscall(SYS_renameat2, from_at, from, to_at, to, flags);
        if (result == 0) record('R', 0, 0, from, strlen(from), to, strlen(to));
    }
    pthread_mutex_unlock(&lock);
    return result;
}

int rename(const char *from, const char *to) { return do_rename(AT_FDCWD, from, AT_FDCWD, to, 0); }
int renameat(int a, const char *from, int b, const char *to) { return do_rename(a, from, b, to, 0); }
int renameat2(int a, const char *from, int b, const char *to, unsigned flags) {
    return do_rename(a, from, b, to, flags);
}

// What nobody is known to do; should they, the test says so instead of missing it.

static void refuse_to_miss(int seen, const char *call) {
    if (!seen) return;
    pthread_mutex_lock(&lock);
    alien(call);
    pthread_mutex_unlock(&lock);
}

int linkat(int a, const char *from, int b, const char *to, int flags) {
    refuse_to_miss(log_fd >= 0 && within(to), "link");
    return syscall(SYS_linkat, a, from, b, to, flags);
}

int link(const char *from, const char *to) { return linkat(AT_FDCWD, from, AT_FDCWD, to, 0); }

int truncate64(const char *path, off64_t size) {
    refuse_to_miss(log_fd >= 0 && within(path), "truncate");
    return syscall(SYS_truncate, path, size);
}

int truncate(const char *path, off_t size) { return truncate64(path, size); }

int fallocate64(int fd, int mode, off64_t at, off64_t n) {
    refuse_to_miss(kind_of(fd) != NOTHING, "fallocate");
    return syscall(SYS_fallocate, fd, mode, at, n);
}

int fallocate(int fd, int mode, off_t at, off_t n) { return fallocate64(fd, mode, at, n); }

int posix_fallocate64(int fd, off64_t at, off64_t n) { return fallocate64(fd, 0, at, n) == 0 ? 0 : errno; }
int posix_fallocate(int fd, off_t at, off_t n) { return posix_fallocate64(fd, at, n); }

ssize_t copy_file_range(int in, off64_t *in_at, int out, off64_t *out_at, size_t n, unsigned flags) {
    refuse_to_miss(kind_of(out) != NOTHING, "copy_file_range");
    return syscall(SYS_copy_file_range, in, in_at, out, out_at, n, flags);
}

void *mmap64(void *address, size_t n, int protection, int flags, int fd, off64_t at) {
    refuse_to_miss(kind_of(fd) != NOTHING && (flags & MAP_SHARED) && (protection & PROT_WRITE), "mmap");
    return (void *)syscall(SYS_mmap, address, n, protection, flags, fd, at);
}

void *mmap(void *address, size_t n, int protection, int flags, int fd, off_t at) {
    return mmap64(address, n, protection, flags, fd, at);
}
