/* Lets openCryptoki live in the folder ELSEWHERE, for whoever runs it: its files, locks, socket and shared memory are
 * there, and its group is the caller's own. It is preloaded into the slot manager and into the process of the module. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <pwd.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ipc.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

static const char *PLACES[] = {
    "/etc/opencryptoki", "/var/lib/opencryptoki", "/var/lock/opencryptoki", "/var/log/opencryptoki",
    "/run/lock/opencryptoki", "/run/opencryptoki", "/var/run/opencryptoki", "/var/run/pkcsslotd", "/run/pkcsslotd",
    "/usr/sbin/pkcsslotd"};

/* As whom the slot manager believes to run: root, until it asks for a user of its own. The module takes it for root. */
static uid_t manager = 0;

static int is_manager(void) {
    return strcmp(program_invocation_short_name, "pkcsslotd") == 0;
}

static const char *moved(const char *path, char *room, size_t size) {
    const char *folder = getenv("ELSEWHERE");
    for (size_t i = 0; path != NULL && folder != NULL && i < sizeof PLACES / sizeof *PLACES; i++) {
        if (strncmp(path, PLACES[i], strlen(PLACES[i])) == 0) {
            snprintf(room, size, "%s%s", folder, path);
            return room;
        }
    }
    return path;
}

static int is_moved(const char *path) {
    char room[512];
    return moved(path, room, sizeof room) == room;
}

#define REAL(type, name, ...) ((type (*)(__VA_ARGS__)) dlsym(RTLD_NEXT, name))
#define PATH char room[512]; path = moved(path, room, sizeof room)

static mode_t mode_of(int flags, va_list arguments) {
    return flags & (O_CREAT | __O_TMPFILE) ? va_arg(arguments, mode_t) : 0;
}

#define OPEN(name) \
    int name(const char *path, int flags, ...) { \
        va_list arguments; \
        va_start(arguments, flags); \
        mode_t mode = mode_of(flags, arguments); \
        va_end(arguments); \
        PATH; \
        return REAL(int, #name, const char *, int, ...)(path, flags, mode); \
    }
OPEN(open)
OPEN(open64)

#define FOPEN(name) \
    FILE *name(const char *path, const char *mode) { \
        PATH; \
        return REAL(FILE *, #name, const char *, const char *)(path, mode); \
    }
FOPEN(fopen)
FOPEN(fopen64)

#define STAT(name) \
    int name(const char *path, struct stat *info) { \
        PATH; \
        int answer = REAL(int, #name, const char *, struct stat *)(path, info); \
        if (answer == 0 && path == room) { \
            info->st_uid = manager; /* the socket must be the manager's */ \
        } \
        return answer; \
    }
STAT(stat)
STAT(lstat)

/* The configuration must be root's too. */
int fstat(int fd, struct stat *info) {
    char link[64];
    char path[512] = "";
    const char *folder = getenv("ELSEWHERE");
    int answer = REAL(int, "fstat", int, struct stat *)(fd, info);
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    if (answer == 0 && folder != NULL && readlink(link, path, sizeof path - 1) > 0
            && strncmp(path, folder, strlen(folder)) == 0) {
        info->st_uid = 0;
    }
    return answer;
}

int mkdir(const char *path, mode_t mode) {
    PATH;
    return REAL(int, "mkdir", const char *, mode_t)(path, mode);
}

int chdir(const char *path) {
    PATH;
    return REAL(int, "chdir", const char *)(path);
}

int unlink(const char *path) {
    PATH;
    return REAL(int, "unlink", const char *)(path);
}

int access(const char *path, int mode) {
    PATH;
    return REAL(int, "access", const char *, int)(path, mode);
}

int chmod(const char *path, mode_t mode) {
    PATH;
    return REAL(int, "chmod", const char *, mode_t)(path, mode);
}

int chown(const char *path, uid_t user, gid_t group) {
    return is_moved(path) ? 0 : REAL(int, "chown", const char *, uid_t, gid_t)(path, user, group);
}

/* Whatever is asked for, the files are the caller's already. */
int fchown(int fd, uid_t user, gid_t group) {
    REAL(int, "fchown", int, uid_t, gid_t)(fd, user, group);
    return 0;
}

key_t ftok(const char *path, int id) {
    PATH;
    return REAL(key_t, "ftok", const char *, int)(path, id);
}

#define SOCKET(name) \
    int name(int fd, const struct sockaddr *address, socklen_t length) { \
        char room[512]; \
        struct sockaddr_un local = {.sun_family = AF_UNIX}; \
        if (address->sa_family == AF_UNIX && is_moved(((const struct sockaddr_un *) address)->sun_path)) { \
            const char *path = moved(((const struct sockaddr_un *) address)->sun_path, room, sizeof room); \
            snprintf(local.sun_path, sizeof local.sun_path, "%s", path); \
            return REAL(int, #name, int, const struct sockaddr *, socklen_t)(fd, (void *) &local, sizeof local); \
        } \
        return REAL(int, #name, int, const struct sockaddr *, socklen_t)(fd, address, length); \
    }
SOCKET(bind)
SOCKET(connect)

/* Shared memory has names of its own; the last part of the folder makes them ours. */
static const char *ours(const char *name, char *room, size_t size) {
    const char *folder = getenv("ELSEWHERE");
    if (folder == NULL || strstr(name, "opencryptoki") == NULL) {
        return name;
    }
    snprintf(room, size, "/%s%s", strrchr(folder, '/') + 1, name[0] == '/' ? name + 1 : name);
    return room;
}

int shm_open(const char *name, int flags, mode_t mode) {
    char room[256];
    return REAL(int, "shm_open", const char *, int, mode_t)(ours(name, room, sizeof room), flags, mode);
}

int shm_unlink(const char *name) {
    char room[256];
    return REAL(int, "shm_unlink", const char *)(ours(name, room, sizeof room));
}

struct group *getgrnam(const char *name) {
    static struct group group;
    static char *members[2];
    struct passwd *user;
    if (strcmp(name, "pkcs11") != 0) {
        return REAL(struct group *, "getgrnam", const char *)(name);
    }
    user = getpwuid(getuid());
    members[0] = user == NULL ? "nobody" : user->pw_name;
    group.gr_name = "pkcs11";
    group.gr_gid = getegid();
    group.gr_mem = members;
    return &group;
}

/* Newer slot managers have a user of their own, who is whoever runs them here. */
struct passwd *getpwnam(const char *name) {
    static struct passwd user;
    if (strcmp(name, "pkcsslotd") != 0) {
        return REAL(struct passwd *, "getpwnam", const char *)(name);
    }
    if (is_manager()) {
        manager = 1; /* not root, or it would become somebody else */
    }
    user.pw_name = "pkcsslotd";
    user.pw_uid = manager;
    user.pw_gid = getegid();
    user.pw_dir = "/";
    return &user;
}

/* Older ones want to be root, for the sake of what they would own. */
uid_t geteuid(void) {
    return is_manager() ? manager : REAL(uid_t, "geteuid", void)();
}
