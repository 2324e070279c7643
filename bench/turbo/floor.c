/* floor PHOTO SECONDS [rows]: measures the time of libjpeg-turbo alone for a card's photo, in one process.
 *
 * It decodes the photo at the smallest of the scales 1/1, 1/2, 1/4 and 1/8 that covers 1200x630, and
 * encodes the middle as a JPEG of quality 85, 4:2:0. It does no other scaling and draws no text. With
 * "rows", it skips the rows above and below the middle (jpeg_skip_scanlines) instead of decoding them.
 * It prints the median time in milliseconds and the number of pictures.
 *
 * Build: cc -O2 floor.c -ljpeg. API: libjpeg.txt of libjpeg-turbo 2.1. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <jpeglib.h>

enum { WIDTH = 1200, HEIGHT = 630, QUALITY = 85, MOST = 100000 };

static double now(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec * 1e3 + t.tv_nsec / 1e6;
}

static void fail(const char *what) {
    fprintf(stderr, "floor: %s\n", what);
    exit(1);
}

static unsigned char *read_all(const char *path, size_t *size) {
    FILE *f = fopen(path, "rb");
    if (!f || fseek(f, 0, SEEK_END)) fail("cannot read the photo");
    long n = ftell(f);
    unsigned char *data = n > 0 ? malloc(n) : NULL;
    rewind(f);
    if (!data || fread(data, 1, n, f) != (size_t)n) fail("cannot read the photo");
    fclose(f);
    *size = n;
    return data;
}

/* scale_to_cover sets the smallest scale at which the photo covers the card. */
static void scale_to_cover(struct jpeg_decompress_struct *d) {
    d->scale_num = 1;
    for (d->scale_denom = 8; d->scale_denom > 1; d->scale_denom /= 2) {
        jpeg_calc_output_dimensions(d);
        if (d->output_width >= WIDTH && d->output_height >= HEIGHT) return;
    }
    jpeg_calc_output_dimensions(d);
    if (d->output_width < WIDTH || d->output_height < HEIGHT) fail("the photo is too small");
}

/* decode returns the rows of the middle. A row has output_width pixels of three bytes. */
static unsigned char *decode(const unsigned char *data, size_t size, int rows, unsigned *width) {
    static unsigned char *pixels;
    static size_t room;
    struct jpeg_decompress_struct d;
    struct jpeg_error_mgr errors;
    d.err = jpeg_std_error(&errors);
    jpeg_create_decompress(&d);
    jpeg_mem_src(&d, data, size);
    jpeg_read_header(&d, TRUE);
    scale_to_cover(&d);
    jpeg_start_decompress(&d);
    size_t stride = (size_t)d.output_width * 3, want = stride * d.output_height;
    if (want > room) pixels = realloc(pixels, room = want);
    if (!pixels) fail("out of memory");
    unsigned top = (d.output_height - HEIGHT) / 2, end = rows ? top + HEIGHT : d.output_height;
    if (rows && top > 0) jpeg_skip_scanlines(&d, top);
    while (d.output_scanline < end) {
        JSAMPROW line = pixels + stride * d.output_scanline;
        jpeg_read_scanlines(&d, &line, 1);
    }
    *width = d.output_width;
    if (rows) jpeg_abort_decompress(&d);
    else jpeg_finish_decompress(&d);
    jpeg_destroy_decompress(&d);
    return pixels + stride * top + 3 * ((*width - WIDTH) / 2);
}

static size_t encode(const unsigned char *pixels, unsigned width) {
    struct jpeg_compress_struct c;
    struct jpeg_error_mgr errors;
    unsigned char *out = NULL;
    unsigned long size = 0;
    c.err = jpeg_std_error(&errors);
    jpeg_create_compress(&c);
    jpeg_mem_dest(&c, &out, &size);
    c.image_width = WIDTH, c.image_height = HEIGHT, c.input_components = 3, c.in_color_space = JCS_RGB;
    jpeg_set_defaults(&c);
    jpeg_set_quality(&c, QUALITY, TRUE);
    jpeg_start_compress(&c, TRUE);
    while (c.next_scanline < HEIGHT) {
        JSAMPROW line = (JSAMPROW)pixels + (size_t)c.next_scanline * width * 3;
        jpeg_write_scanlines(&c, &line, 1);
    }
    jpeg_finish_compress(&c);
    jpeg_destroy_compress(&c);
    free(out);
    return size;
}

static int by_value(const void *a, const void *b) {
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

int main(int argc, char **argv) {
    static double times[MOST];
    if (argc < 3) fail("usage: floor PHOTO SECONDS [rows]");
    size_t size;
    unsigned char *data = read_all(argv[1], &size);
    int n = 0, rows = argc > 3 && !strcmp(argv[3], "rows");
    double end = now() + atof(argv[2]) * 1e3;
    do {
        double began = now();
        unsigned width;
        unsigned char *middle = decode(data, size, rows, &width);
        if (!encode(middle, width)) fail("nothing was encoded");
        times[n++] = now() - began;
    } while (now() < end && n < MOST);
    qsort(times, n, sizeof *times, by_value);
    printf("%.4f %d\n", times[n / 2], n);
    return 0;
}
