package contract

import (
	"bytes"
	"io"
	"net/http"
)

// Hold returns the handler, and reports every answer that breaks the contract. check sees each exchange after its
// answer was sent.
func Hold(h http.Handler, check func(Exchange)) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		seen := r.Clone(r.Context()) // handlers may change theirs
		read := &reading{ReadCloser: r.Body}
		if r.Body != nil && r.Body != http.NoBody {
			r.Body = read
		}
		sent := &sending{ResponseWriter: w}
		h.ServeHTTP(sent, r)
		if sent.status == 0 {
			sent.keep(http.StatusOK)
		}
		check(Exchange{
			Request: seen, Sent: read.data.Bytes(), Status: sent.status, Header: sent.header, Body: sent.data.Bytes(),
		})
	})
}

// reading keeps what is read of a request's body.
type reading struct {
	io.ReadCloser
	data bytes.Buffer
}

func (r *reading) Read(p []byte) (int, error) {
	n, err := r.ReadCloser.Read(p)
	r.data.Write(p[:n])
	return n, err
}

// sending keeps what is sent.
type sending struct {
	http.ResponseWriter
	status int // 0: not yet
	header http.Header
	data   bytes.Buffer
}

func (s *sending) keep(status int) {
	if s.status == 0 && status >= 200 {
		s.status, s.header = status, s.Header().Clone()
	}
}

func (s *sending) WriteHeader(status int) {
	s.keep(status)
	s.ResponseWriter.WriteHeader(status)
}

func (s *sending) Write(p []byte) (int, error) {
	s.keep(http.StatusOK)
	s.data.Write(p)
	return s.ResponseWriter.Write(p)
}

// Flush and Unwrap let handlers use what the connection offers beyond an http.ResponseWriter.
func (s *sending) Flush() { _ = http.NewResponseController(s.ResponseWriter).Flush() }

// Unwrap returns the writer below, for http.ResponseController.
func (s *sending) Unwrap() http.ResponseWriter { return s.ResponseWriter }
