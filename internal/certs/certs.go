// Package certs has the certificates of a server, from files that may be replaced while it runs, or from an authority
// that issues them by the ACME protocol (RFC 8555).
package certs

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"runtime"
	"sync/atomic"
	"time"
)

// Files is a certificate and its key in files. It is safe for concurrent use.
type Files struct {
	cert, key string
	loaded    atomic.Pointer[loaded]
	said      atomic.Pointer[string] // the error of the last Reload, "" if it had none
}

// loaded is what the files had when they were read.
type loaded struct {
	certificate *tls.Certificate
	of          [2]stamp
}

// stamp changes with the content of a file.
type stamp struct {
	info os.FileInfo
}

func (s stamp) same(other stamp) bool {
	return s.info != nil && other.info != nil && os.SameFile(s.info, other.info) &&
		s.info.Size() == other.info.Size() && s.info.ModTime().Equal(other.info.ModTime())
}

// Load reads the files, which hold a certificate with its chain and the key, in PEM. The error names the file at fault
// where one is. A *KeyError is about the key.
func Load(cert, key string) (*Files, error) {
	f := &Files{cert: cert, key: key}
	next, err := f.read()
	if err != nil {
		return nil, err
	}
	f.loaded.Store(next)
	return f, nil
}

// KeyError is an error of the file with the key.
type KeyError struct{ Err error }

// Error implements error.
func (e *KeyError) Error() string { return e.Err.Error() }

// Unwrap returns the cause.
func (e *KeyError) Unwrap() error { return e.Err }

func (f *Files) read() (*loaded, error) {
	var next loaded
	for i, path := range []string{f.cert, f.key} {
		info, err := os.Stat(path)
		if err != nil {
			return nil, f.fault(i, fmt.Errorf("%s: %w", path, reason(err)))
		}
		next.of[i] = stamp{info}
	}
	if mode := next.of[1].info.Mode().Perm(); mode&0o007 != 0 && runtime.GOOS != "windows" {
		return nil, f.fault(1, fmt.Errorf("all users may read %s (mode %04o); run: chmod o= %s", f.key, mode, f.key))
	}
	pair, err := tls.LoadX509KeyPair(f.cert, f.key)
	if err != nil {
		return nil, fmt.Errorf("%s and %s are no certificate and its key: %w", f.cert, f.key, err)
	}
	next.certificate = &pair
	return &next, nil
}

func (f *Files) fault(file int, err error) error {
	if file == 1 {
		return &KeyError{err}
	}
	return err
}

// reason returns an error without the path.
func reason(err error) error {
	if at, ok := errors.AsType[*fs.PathError](err); ok {
		return at.Err
	}
	return err
}

// Reload reads the files again if they have changed. It returns how many certificates it has loaded. While the files
// are wrong, or only one of them is new, the server keeps the certificate that it has; an error is returned once, until
// there is another one.
func (f *Files) Reload(context.Context) (changed int, err error) {
	changed, err = f.reload()
	said := ""
	if err != nil {
		said = err.Error()
		err = fmt.Errorf("the certificate of before is still used: %w", err)
	}
	if before := f.said.Swap(&said); before != nil && *before == said {
		return changed, nil
	}
	return changed, err
}

func (f *Files) reload() (changed int, err error) {
	known := f.loaded.Load()
	next := [2]stamp{}
	for i, path := range []string{f.cert, f.key} {
		info, err := os.Stat(path)
		if err != nil {
			return 0, err
		}
		next[i] = stamp{info}
	}
	if known.of[0].same(next[0]) && known.of[1].same(next[1]) {
		return 0, nil
	}
	read, err := f.read()
	if err != nil {
		return 0, err
	}
	f.loaded.Store(read)
	return 1, nil
}

// Get implements tls.Config.GetCertificate.
func (f *Files) Get(*tls.ClientHelloInfo) (*tls.Certificate, error) {
	return f.loaded.Load().certificate, nil
}

// Ends returns when the certificate that is used ends.
func (f *Files) Ends() time.Time { return f.loaded.Load().certificate.Leaf.NotAfter }

// Config returns the settings of a server that uses the certificates: TLS 1.2 and later (RFC 9325), HTTP/2 and
// HTTP/1.1.
func Config(get func(*tls.ClientHelloInfo) (*tls.Certificate, error)) *tls.Config {
	return &tls.Config{MinVersion: tls.VersionTLS12, GetCertificate: get, NextProtos: []string{"h2", "http/1.1"}}
}
