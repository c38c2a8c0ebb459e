/* Stands in front of the PKCS#11 module SHIM_TARGET and misbehaves when it is told to. The file SHIM_PLAN holds one
 * line, "index call act number": at the call-th call, from now on, of the function at that index of CK_FUNCTION_LIST it
 * does the act once, and the file is gone, so that the next host finds a module that behaves. Beside that it is a maker's
 * module with functions of its own, and says of its tokens what SHIM_SERIAL, SHIM_LABEL and SHIM_FLAGS want; SHIM_PAD is
 * the PIN that somebody types on its pad. With SHIM_RSA_AES it has CKM_RSA_AES_KEY_WRAP. */
#include <dlfcn.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define FUNCTIONS 68
#define GARBAGE 0x7fffffffffffffff

typedef unsigned long (*function)(long, long, long, long, long, long, long, long);

enum {
    GET_TOKEN_INFO = 6,
    GET_MECHANISM_LIST = 7,
    INIT_TOKEN = 9,
    INIT_PIN = 10,
    SET_PIN = 11,
    LOGIN = 18,
    DESTROY_OBJECT = 22,
    GET_ATTRIBUTE_VALUE = 24,
    GENERATE_KEY = 58,
    WRAP_KEY = 60,
    UNWRAP_KEY = 61
};

static void *list[FUNCTIONS + 1];
static function original[FUNCTIONS];
static char plan[256];
static int calls[FUNCTIONS];

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

static void crash(void) {
    *(volatile int *) 8 = 1;
}

static void hang(void) {
    for (;;) {
        pause();
    }
}

/* Whether the plan is for this call; if so, it is used up. */
static int planned(int index, char *act, long *number) {
    char now[sizeof plan] = "";
    int place, call;
    const char *path = getenv("SHIM_PLAN");
    int fd = path == NULL ? -1 : open(path, O_RDONLY);
    if (fd >= 0) {
        if (read(fd, now, sizeof now - 1) < 0) {
            abort();
        }
        close(fd);
    }
    if (strcmp(now, plan) != 0) {
        strcpy(plan, now);
        memset(calls, 0, sizeof calls);
    }
    calls[index]++;
    if (sscanf(plan, "%d %d %31s %li", &place, &call, act, number) != 4 || place != index || call != calls[index]) {
        return 0;
    }
    unlink(path);
    return 1;
}

static unsigned long hook(int index, long a, long b, long c, long d, long e, long f, long g, long h) {
    char act[32] = "";
    long number = 0;
    long arguments[] = {a, b, c, d, e, f, g, h};
    if (!planned(index, act, &number)) {
        return original[index](a, b, c, d, e, f, g, h);
    }
    if (strcmp(act, "crash") == 0) {
        crash();
    }
    if (strcmp(act, "hang") == 0) {
        hang();
    }
    if (strcmp(act, "answer") == 0) {
        return (unsigned long) number;
    }
    if (strcmp(act, "lie") == 0) { /* a number far too large where it writes one */
        *(unsigned long *) arguments[number] = GARBAGE;
        return 0;
    }
    if (strcmp(act, "lie-length") == 0) { /* the same in the first CK_ATTRIBUTE */
        ((unsigned long *) arguments[number])[2] = GARBAGE;
        return 0;
    }
    if (strcmp(act, "scribble") == 0) {
        scribble();
    }
    if (strcmp(act, "print") == 0) {
        printf("a module may print what it likes\n");
        fflush(stdout);
    }
    if (strcmp(act, "delay") == 0) {
        usleep((unsigned) number * 1000);
    }
    unsigned long rv = original[index](a, b, c, d, e, f, g, h);
    if (strcmp(act, "crash-after") == 0) {
        crash();
    }
    if (strcmp(act, "hang-after") == 0) {
        hang();
    }
    return strcmp(act, "answer-after") == 0 ? (unsigned long) number : rv;
}

static void overwrite(char *field, int width, const char *text) {
    if (text != NULL) {
        memset(field, ' ', (size_t) width);
        memcpy(field, text, strlen(text));
    }
}

static unsigned long token_info(long slot, long info, long c, long d, long e, long f, long g, long h) {
    unsigned long rv = hook(GET_TOKEN_INFO, slot, info, c, d, e, f, g, h);
    unsigned long *flags = (unsigned long *) (info + 96);
    if (rv == 0 && (*flags & 0x400)) { /* CKF_TOKEN_INITIALIZED */
        overwrite((char *) info, 32, getenv("SHIM_LABEL"));
        overwrite((char *) info + 80, 16, getenv("SHIM_SERIAL"));
        *flags |= getenv("SHIM_FLAGS") == NULL ? 0 : strtoul(getenv("SHIM_FLAGS"), NULL, 0);
        *flags |= getenv("SHIM_PAD") == NULL ? 0 : 0x100; /* CKF_PROTECTED_AUTHENTICATION_PATH */
    }
    return rv;
}

static void pad(long *pin, long *length) {
    if (*pin == 0 && getenv("SHIM_PAD") != NULL) {
        *pin = (long) getenv("SHIM_PAD");
        *length = (long) strlen(getenv("SHIM_PAD"));
    }
}

static unsigned long init_token(long slot, long pin, long length, long label, long e, long f, long g, long h) {
    pad(&pin, &length);
    return hook(INIT_TOKEN, slot, pin, length, label, e, f, g, h);
}

static unsigned long init_pin(long session, long pin, long length, long d, long e, long f, long g, long h) {
    pad(&pin, &length);
    return hook(INIT_PIN, session, pin, length, d, e, f, g, h);
}

static unsigned long set_pin(long session, long old, long olds, long fresh, long freshs, long f, long g, long h) {
    pad(&old, &olds);
    pad(&fresh, &freshs);
    return hook(SET_PIN, session, old, olds, fresh, freshs, f, g, h);
}

/* The maker's role 0x80000001 is the user under another name. */
static unsigned long log_in(long session, long user, long pin, long length, long e, long f, long g, long h) {
    pad(&pin, &length);
    return hook(LOGIN, session, user == 0x80000001 ? 1 : user, pin, length, e, f, g, h);
}

unsigned long CA_InitRolePIN(long session, long user, long pin, long length) {
    return user == 0x80000001 ? original[INIT_PIN](session, pin, length, 0, 0, 0, 0, 0) : 0x103;
}

/* Two of three cards; their passphrases one after the other are the PIN. */
static char joined[256];
static long left = -1;

unsigned long C_LoginBegin(long session, long user, unsigned long *k, unsigned long *n) {
    joined[0] = 0;
    *k = 2;
    *n = 3;
    left = 2;
    return 0;
}

unsigned long C_LoginNext(long session, long user, char *pin, unsigned long length, unsigned long *shares) {
    if (left <= 0) {
        return 0x91; /* CKR_OPERATION_NOT_INITIALIZED */
    }
    strncat(joined, pin, length);
    *shares = (unsigned long) --left;
    return 0;
}

unsigned long C_LoginEnd(long session, long user) {
    long wanted = left;
    left = -1;
    return wanted == 0 ? original[LOGIN](session, user, (long) joined, (long) strlen(joined), 0, 0, 0, 0) : 0x80000063;
}

/* CKM_RSA_AES_KEY_WRAP, as PKCS#11 v3.0 lays its parameters out, from what the module behind has. */
#define RSA_AES 0x1054

struct mechanism {
    unsigned long type;
    void *parameter;
    unsigned long length;
};

struct rsa_aes {
    unsigned long bits;
    void *oaep;
};

struct attribute {
    unsigned long type;
    void *value;
    unsigned long length;
};

static int is_rsa_aes(struct mechanism *how) {
    return how->type == RSA_AES && getenv("SHIM_RSA_AES") != NULL;
}

/* As if the module had never known that mechanism. */
static int is_missing(struct mechanism *how) {
    return getenv("SHIM_WITHOUT") != NULL && how->type == strtoul(getenv("SHIM_WITHOUT"), NULL, 0);
}

static unsigned long mechanism_list(long slot, long into, long count, long d, long e, long f, long g, long h) {
    unsigned long rv = hook(GET_MECHANISM_LIST, slot, into, count, d, e, f, g, h);
    if (rv == 0 && getenv("SHIM_RSA_AES") != NULL) {
        unsigned long *n = (unsigned long *) count;
        if (into != 0) {
            ((unsigned long *) into)[*n] = RSA_AES;
        }
        (*n)++;
    }
    return rv;
}

static struct mechanism half(struct mechanism *how) {
    struct rsa_aes *wanted = how->parameter;
    int right = how->length == sizeof *wanted && wanted->bits == 256;
    struct mechanism oaep = {right ? 9 : 0xffff, right ? wanted->oaep : NULL, right ? 40 : 0};
    return oaep;
}

static unsigned long class = 4, aes = 0x1f, bytes = 32;
static char yes = 1, no = 0;
static struct mechanism kwp = {0x210a, NULL, 0}, generation = {0x1080, NULL, 0};

static unsigned long wrap(long session, long mechanism, long key, long target, long out, long length, long g, long h) {
    struct mechanism *how = (struct mechanism *) mechanism, oaep;
    if (is_missing(how)) {
        return 0x70; /* CKR_MECHANISM_INVALID */
    }
    if (!is_rsa_aes(how)) {
        return hook(WRAP_KEY, session, mechanism, key, target, out, length, g, h);
    }
    unsigned long moment, first = *(unsigned long *) length, second, rv;
    struct attribute made[] = {
        {0, &class, 8}, {0x100, &aes, 8}, {0x161, &bytes, 8}, {1, &no, 1}, {0x162, &yes, 1}, {0x106, &yes, 1}};
    rv = original[GENERATE_KEY](session, (long) &generation, (long) made, 6, (long) &moment, 0, 0, 0);
    if (rv != 0) {
        return rv;
    }
    oaep = half(how);
    rv = original[WRAP_KEY](session, (long) &oaep, key, (long) moment, out, (long) &first, 0, 0);
    if (rv == 0) {
        second = *(unsigned long *) length - first;
        rv = original[WRAP_KEY](session, (long) &kwp, (long) moment, target, out + first, (long) &second, 0, 0);
        *(unsigned long *) length = first + second;
    }
    original[DESTROY_OBJECT](session, (long) moment, 0, 0, 0, 0, 0, 0);
    return rv;
}

static unsigned long unwrap(long session, long mechanism, long key, long in, long length, long t, long n, long made) {
    struct mechanism *how = (struct mechanism *) mechanism, oaep;
    if (is_missing(how)) {
        return 0x70;
    }
    if (!is_rsa_aes(how)) {
        return hook(UNWRAP_KEY, session, mechanism, key, in, length, t, n, made);
    }
    unsigned long moment, rv;
    char buffer[1024];
    struct attribute modulus = {0x120, buffer, sizeof buffer};
    struct attribute received[] = {{0, &class, 8}, {0x100, &aes, 8}, {1, &no, 1}, {0x107, &yes, 1}};
    rv = original[GET_ATTRIBUTE_VALUE](session, key, (long) &modulus, 1, 0, 0, 0, 0);
    if (rv != 0) {
        return rv;
    }
    long block = (long) modulus.length;
    oaep = half(how);
    rv = original[UNWRAP_KEY](session, (long) &oaep, key, in, block, (long) received, 4, (long) &moment);
    if (rv == 0) {
        rv = original[UNWRAP_KEY](session, (long) &kwp, (long) moment, in + block, length - block, t, n, made);
        original[DESTROY_OBJECT](session, (long) moment, 0, 0, 0, 0, 0, 0);
    }
    return rv;
}

#define HOOK(i) \
    static unsigned long hook##i(long a, long b, long c, long d, long e, long f, long g, long h) { \
        return hook(i, a, b, c, d, e, f, g, h); \
    }
#define TEN(M, t) M(t##0) M(t##1) M(t##2) M(t##3) M(t##4) M(t##5) M(t##6) M(t##7) M(t##8) M(t##9)
#define ALL(M) \
    M(0) M(1) M(2) M(3) M(4) M(5) M(6) M(7) M(8) M(9) \
    TEN(M, 1) TEN(M, 2) TEN(M, 3) TEN(M, 4) TEN(M, 5) M(60) M(61) M(62) M(63) M(64) M(65) M(66) M(67)
ALL(HOOK)

#define ENTRY(i) list[i + 1] = (void *) hook##i;

unsigned long C_GetFunctionList(void **answer) {
    void *target = dlopen(getenv("SHIM_TARGET"), RTLD_NOW);
    void **real = NULL;
    unsigned long (*get)(void ***) = target == NULL ? NULL : dlsym(target, "C_GetFunctionList");
    if (get == NULL || get(&real) != 0) {
        return 5;
    }
    list[0] = real[0];
    for (int i = 0; i < FUNCTIONS; i++) {
        original[i] = (function) real[i + 1];
    }
    ALL(ENTRY)
    list[GET_TOKEN_INFO + 1] = (void *) token_info;
    list[INIT_TOKEN + 1] = (void *) init_token;
    list[INIT_PIN + 1] = (void *) init_pin;
    list[SET_PIN + 1] = (void *) set_pin;
    list[LOGIN + 1] = (void *) log_in;
    list[GET_MECHANISM_LIST + 1] = (void *) mechanism_list;
    list[WRAP_KEY + 1] = (void *) wrap;
    list[UNWRAP_KEY + 1] = (void *) unwrap;
    *answer = list;
    return 0;
}
