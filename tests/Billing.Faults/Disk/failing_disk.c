/*
 * Stands between a program and its disk (LD_PRELOAD). It lets writes and syncs of chosen files fail on demand, and keeps
 * beside each file what a power cut would leave of it: only pages that a successful sync has covered. A page that was
 * written before a failed sync is not taken along by the next one, as Linux marks it clean when it reports the error.
 *
 * FAILING_DISK_CONTROL  file of struct control, shared with the harness
 * FAILING_DISK_FILES    part of the names of the files that are meant
 * FAILING_DISK_DURABLE  folder for what a power cut would leave; unset where nobody asks
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#define PAGE 4096
#define PAGES (1 << 16)
#define FILES 16

struct control {
    int64_t syncs, writes, failed_syncs, failed_writes;
    int64_t syncs_until_failure, syncs_to_fail, writes_until_failure, writes_to_fail, write_error;
};

struct file {
    char name[NAME_MAX + 1];
    unsigned char *dirty; /* one byte a page, in a file, so that it outlives a killed process */
    int durable;          /* descriptor of what a power cut would leave */
};

static pthread_mutex_t gate = PTHREAD_MUTEX_INITIALIZER;
static struct control *control;
static struct file files[FILES];
static int known_files;
static const char *pattern, *folder;
static ssize_t (*real_write)(int, const void *, size_t);
static ssize_t (*real_pwrite)(int, const void *, size_t, off_t);
static int (*real_fsync)(int);
static int (*real_fdatasync)(int);
static int (*real_ftruncate)(int, off_t);
static int (*real_unlink)(const char *);

__attribute__((constructor)) static void begin(void)
{
    real_write = dlsym(RTLD_NEXT, "write");
    real_pwrite = dlsym(RTLD_NEXT, "pwrite64");
    real_fsync = dlsym(RTLD_NEXT, "fsync");
    real_fdatasync = dlsym(RTLD_NEXT, "fdatasync");
    real_ftruncate = dlsym(RTLD_NEXT, "ftruncate64");
    real_unlink = dlsym(RTLD_NEXT, "unlink");
    pattern = getenv("FAILING_DISK_FILES");
    folder = getenv("FAILING_DISK_DURABLE");
    const char *path = getenv("FAILING_DISK_CONTROL");
    int fd = path && pattern ? open(path, O_RDWR | O_CLOEXEC) : -1;
    if (fd < 0) return;
    void *shared = mmap(NULL, sizeof *control, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    close(fd);
    if (shared != MAP_FAILED) control = shared;
}

static int is_meant(const char *name)
{
    size_t length = strlen(name);
    if (!strstr(name, pattern)) return 0;
    return !(length > 4 && (!strcmp(name + length - 4, "-shm") || !strcmp(name + length - 5, ".lock")));
}

/* The name of the file behind a descriptor, or null where it is none of those that are meant. */
static const char *name_of(int fd, char *path)
{
    char link[32];
    if (!control || fd <= 2) return NULL;
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t length = readlink(link, path, PATH_MAX - 1);
    if (length <= 0) return NULL;
    path[length] = 0;
    char *name = strrchr(path, '/');
    return name && is_meant(name + 1) ? name + 1 : NULL;
}

static struct file *durable_file(const char *name)
{
    char path[PATH_MAX];
    if (!folder) return NULL;
    for (int i = 0; i < known_files; i++)
        if (!strcmp(files[i].name, name)) return &files[i];
    if (known_files == FILES) abort();
    struct file *file = &files[known_files];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    file->durable = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    snprintf(path, sizeof path, "%s/%s.dirty", folder, name);
    int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (file->durable < 0 || fd < 0 || real_ftruncate(fd, PAGES)) abort();
    file->dirty = mmap(NULL, PAGES, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    close(fd);
    if (file->dirty == MAP_FAILED) abort();
    strcpy(file->name, name);
    known_files++;
    return file;
}

static void note_write(const char *name, off_t offset, size_t length)
{
    struct file *file = durable_file(name);
    if (!file || !length) return;
    if ((offset + (off_t)length) / PAGE >= PAGES) abort();
    for (off_t page = offset / PAGE; page <= (offset + (off_t)length - 1) / PAGE; page++) file->dirty[page] = 1;
}

/* What the sync covered becomes durable, or is forgotten where it failed. */
static void note_sync(const char *name, int fd, int failed)
{
    char bytes[PAGE];
    struct stat now, kept;
    struct file *file = durable_file(name);
    if (!file) return;
    if (failed) {
        memset(file->dirty, 0, PAGES);
        return;
    }
    if (!fstat(fd, &now) && !fstat(file->durable, &kept) && now.st_size < kept.st_size)
        real_ftruncate(file->durable, now.st_size);
    unsigned char *at = file->dirty;
    while ((at = memchr(at, 1, PAGES - (at - file->dirty)))) {
        off_t page = at - file->dirty;
        ssize_t length = pread(fd, bytes, PAGE, page * PAGE);
        if (length > 0 && real_pwrite(file->durable, bytes, length, page * PAGE) != length) abort();
        *at = 0;
    }
}

/* Counts down to the calls that are to fail. */
static int is_due(int64_t *until, int64_t *count)
{
    if (*count <= 0) return 0;
    if (*until > 0) {
        --*until;
        return 0;
    }
    --*count;
    return 1;
}

static int fails_write(const char *name, off_t offset, size_t length)
{
    int failed;
    pthread_mutex_lock(&gate);
    failed = is_due(&control->writes_until_failure, &control->writes_to_fail);
    if (failed) control->failed_writes++;
    else {
        control->writes++;
        note_write(name, offset, length);
    }
    pthread_mutex_unlock(&gate);
    return failed;
}

ssize_t write(int fd, const void *bytes, size_t length)
{
    char path[PATH_MAX];
    const char *name = name_of(fd, path);
    if (name && fails_write(name, lseek(fd, 0, SEEK_CUR), length)) {
        errno = (int)control->write_error;
        return -1;
    }
    return real_write(fd, bytes, length);
}

ssize_t pwrite64(int fd, const void *bytes, size_t length, off_t offset)
{
    char path[PATH_MAX];
    const char *name = name_of(fd, path);
    if (name && fails_write(name, offset, length)) {
        errno = (int)control->write_error;
        return -1;
    }
    return real_pwrite(fd, bytes, length, offset);
}

ssize_t pwrite(int fd, const void *bytes, size_t length, off_t offset) { return pwrite64(fd, bytes, length, offset); }

static int sync_file(int fd, int (*real)(int))
{
    char path[PATH_MAX];
    const char *name = name_of(fd, path);
    if (!name) return real(fd);
    pthread_mutex_lock(&gate);
    int failed = is_due(&control->syncs_until_failure, &control->syncs_to_fail);
    int result = failed ? -1 : real(fd);
    if (failed) control->failed_syncs++;
    else control->syncs++;
    note_sync(name, fd, result != 0);
    pthread_mutex_unlock(&gate);
    if (failed) errno = EIO;
    return result;
}

int fsync(int fd) { return sync_file(fd, real_fsync); }

int fdatasync(int fd) { return sync_file(fd, real_fdatasync); }

int unlink(const char *path)
{
    char kept[PATH_MAX];
    const char *name = strrchr(path, '/');
    name = name ? name + 1 : path;
    if (control && folder && is_meant(name)) {
        pthread_mutex_lock(&gate);
        struct file *file = durable_file(name);
        memset(file->dirty, 0, PAGES);
        if (real_ftruncate(file->durable, 0)) abort();
        snprintf(kept, sizeof kept, "%s/%s", folder, name);
        pthread_mutex_unlock(&gate);
    }
    return real_unlink(path);
}
