package s3

import (
	"errors"
	"fmt"
	"net/url"
	"strings"

	"newsroom.example/cards/internal/lazyregexp"
)

// Settings say where a bucket is. They hold no secret.
type Settings struct {
	Bucket   string
	Prefix   string // of the names of all objects, without a slash at its ends; may be empty
	Endpoint string // HOST or HOST:PORT
	Insecure bool   // http, not https
	Region   string
}

const (
	defaultEndpoint = "s3.amazonaws.com"
	defaultRegion   = "us-east-1"
)

var (
	bucketForm   = lazyregexp.New(`^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$`)
	prefixForm   = lazyregexp.New(`^[A-Za-z0-9_-][A-Za-z0-9._-]*(/[A-Za-z0-9_-][A-Za-z0-9._-]*)*$`)
	endpointForm = lazyregexp.New(`^([A-Za-z0-9.-]+|\[[0-9A-Fa-f:.]+\])(:[0-9]{1,5})?$`)
	regionForm   = lazyregexp.New(`^[A-Za-z0-9-]{1,64}$`)
)

const maxPrefix = 256

// Parse reads s3://BUCKET/PREFIX?endpoint=HOST&region=REGION. PREFIX, endpoint (Amazon's) and region (us-east-1) may be
// missing; an endpoint without TLS must say so: endpoint=http://HOST. An error never repeats the text, which may hold a
// secret that does not belong there.
func Parse(raw string) (s Settings, err error) {
	u, err := url.Parse(raw)
	if err != nil || u.Scheme != "s3" || u.Fragment != "" {
		return s, errors.New("must have the form s3://BUCKET/PREFIX?endpoint=HOST&region=REGION")
	}
	if u.User != nil {
		return s, errNoSecrets
	}
	q, err := url.ParseQuery(u.RawQuery)
	if err != nil {
		return s, errors.New("has a query that cannot be read")
	}
	s = Settings{Bucket: u.Host, Prefix: strings.Trim(u.Path, "/"), Endpoint: defaultEndpoint, Region: defaultRegion}
	for name, values := range q {
		if len(values) != 1 || values[0] == "" {
			return s, fmt.Errorf("must have one value of %.32q", name)
		}
		switch name {
		case "endpoint":
			s.Insecure, s.Endpoint = endpoint(values[0])
		case "region":
			s.Region = values[0]
		default:
			return s, fmt.Errorf("has an unknown parameter %.32q; endpoint and region are known. %w", name, errNoSecrets)
		}
	}
	return s, s.check()
}

var errNoSecrets = errors.New("credentials are read from AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY or " +
	"~/.aws/credentials, never from this URL")

// endpoint splits the scheme off an endpoint.
func endpoint(raw string) (insecure bool, host string) {
	raw = strings.TrimSuffix(raw, "/")
	if host, ok := strings.CutPrefix(raw, "http://"); ok {
		return true, host
	}
	return false, strings.TrimPrefix(raw, "https://")
}

func (s Settings) check() error {
	switch {
	case !bucketForm().MatchString(s.Bucket) || strings.Contains(s.Bucket, ".."):
		return errors.New("must name a bucket: 3 to 63 of a-z, 0-9, '.' and '-'")
	case s.Prefix != "" && (!prefixForm().MatchString(s.Prefix) || len(s.Prefix) > maxPrefix):
		return errors.New("must have a prefix of at most 256 of A-Z, a-z, 0-9, '.', '_' and '-', between slashes")
	case !endpointForm().MatchString(s.Endpoint):
		return errors.New("must have an endpoint of the form HOST, HOST:PORT or http://HOST:PORT")
	case !regionForm().MatchString(s.Region):
		return errors.New("must have a region such as eu-central-1")
	}
	return nil
}

// hosts returns the hosts that requests may go to. Amazon's store has a name for each bucket and each region.
func (s Settings) hosts() []string {
	host := strings.ToLower(s.Endpoint)
	if i := strings.LastIndexByte(host, ':'); i > strings.LastIndexByte(host, ']') {
		host = host[:i]
	}
	host = strings.Trim(host, "[]")
	hosts := []string{host, "." + host}
	if strings.HasSuffix(host, ".amazonaws.com") {
		hosts = append(hosts, ".amazonaws.com")
	}
	return hosts
}
