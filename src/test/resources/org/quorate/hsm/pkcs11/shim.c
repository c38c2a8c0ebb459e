/* Stands in front of a PKCS#11 module and misbehaves once, at the n-th call of one function:
 * SHIM_TARGET the module, SHIM_INDEX the function's place in CK_FUNCTION_LIST, SHIM_CALL n, SHIM_ACT what to do,
 * SHIM_DONE a file that is made when it was done, so that the next host finds a well-behaved module. */
#include <dlfcn.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

typedef unsigned long (*function)(long, long, long, long, long, long, long, long);

static void *list[69];
static function original;
static int calls;

static void scribble(void) {
    const char *junk = "these are not the bytes of any frame and never were, whoever reads them";
    for (int fd = 3; fd < 64; fd++) {
        struct stat info;
        int flags = fcntl(fd, F_GETFL);
        if (flags >= 0 && (flags & O_ACCMODE) == O_WRONLY && fstat(fd, &info) == 0 && S_ISFIFO(info.st_mode)) {
            if (write(fd, junk, strlen(junk)) < 0) {
                abort();
            }
        }
    }
}

static unsigned long hook(long a, long b, long c, long d, long e, long f, long g, long h) {
    const char *done = getenv("SHIM_DONE");
    const char *act = getenv("SHIM_ACT");
    calls++;
    if (calls != atoi(getenv("SHIM_CALL")) || access(done, F_OK) == 0) {
        return original(a, b, c, d, e, f, g, h);
    }
    close(creat(done, 0600));
    if (strcmp(act, "crash") == 0) {
        *(volatile int *) 8 = 1;
    }
    if (strcmp(act, "hang") == 0) {
        for (;;) {
            pause();
        }
    }
    if (strcmp(act, "lie") == 0) { /* C_Sign: a signature longer than any buffer */
        *(unsigned long *) e = 0x7fffffffffffffff;
        return 0;
    }
    if (strcmp(act, "scribble") == 0) {
        scribble();
    }
    if (strcmp(act, "print") == 0) {
        printf("a module may print what it likes\n");
        fflush(stdout);
    }
    if (strcmp(act, "removed") == 0) {
        return 0x32; /* CKR_DEVICE_REMOVED */
    }
    return original(a, b, c, d, e, f, g, h);
}

unsigned long C_GetFunctionList(void **answer) {
    void *target = dlopen(getenv("SHIM_TARGET"), RTLD_NOW);
    void *real = NULL;
    unsigned long (*get)(void **) = target == NULL ? NULL : dlsym(target, "C_GetFunctionList");
    if (get == NULL || get(&real) != 0) {
        return 5;
    }
    memcpy(list, real, sizeof list);
    int index = atoi(getenv("SHIM_INDEX")) + 1;
    original = (function) list[index];
    list[index] = (void *) hook;
    *answer = list;
    return 0;
}
