package postgres

import (
	"context"
	"errors"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgconn/ctxwatch"
	"github.com/jackc/pgx/v5/pgxpool"
)

// IsURL reports whether a setting names a PostgreSQL database.
func IsURL(setting string) bool {
	return strings.HasPrefix(setting, "postgres://") || strings.HasPrefix(setting, "postgresql://")
}

// CheckURL returns the error with which Open would refuse the form of the URL. It does not connect.
func CheckURL(url string) error {
	_, err := parse(url)
	return err
}

// Sizes of the pools of one process, and how long it waits.
const (
	fastConns   = 8 // unless the URL has pool_max_conns
	listConns   = 3
	jobConns    = 2
	connectTime = 2 * time.Second  // for a new connection, unless the URL has connect_timeout
	fastTime    = 5 * time.Second  // for reads of one record, and for writes
	listTime    = 5 * time.Second  // for a list or a sum
	longTime    = time.Minute      // for changes of many articles, and for the statements of a copy
	idleTxTime  = 10 * time.Second // after which the server ends a transaction whose process does nothing
)

// pools are the settings of the pools.
type pools struct{ fast, lists, jobs *pgxpool.Config }

// parse returns the settings of the pools. The error never shows a password.
func parse(raw string) (p pools, err error) {
	fast, err := pgxpool.ParseConfig(raw)
	if err != nil {
		return pools{}, unreadable(raw, err)
	}
	sized := false
	u, err := url.Parse(raw)
	if err == nil {
		sized = u.Query().Has("pool_max_conns")
		if !u.Query().Has("connect_timeout") {
			fast.ConnConfig.ConnectTimeout = connectTime
		}
	}
	if !sized {
		fast.MaxConns = fastConns
	}
	p = pools{fast, fast.Copy(), fast.Copy()}
	p.lists.MaxConns, p.lists.MinConns, p.lists.MinIdleConns = listConns, 0, 0
	p.jobs.MaxConns, p.jobs.MinConns, p.jobs.MinIdleConns = jobConns, 0, 0
	limit(p.fast, fastTime)
	limit(p.lists, longTime)
	limit(p.jobs, longTime)
	return p, nil
}

// limit makes the server end what takes longer than the time, or waits for the process. A query whose caller has gone
// is ended too.
func limit(c *pgxpool.Config, statement time.Duration) {
	c.AfterConnect = durable
	p := c.ConnConfig.RuntimeParams
	if p["application_name"] == "" {
		p["application_name"] = "cards"
	}
	p["statement_timeout"] = milliseconds(statement)
	p["idle_in_transaction_session_timeout"] = milliseconds(idleTxTime)
	c.ConnConfig.BuildContextWatcherHandler = func(conn *pgconn.PgConn) ctxwatch.Handler {
		return &pgconn.CancelRequestContextWatcherHandler{Conn: conn, DeadlineDelay: time.Second}
	}
}

func milliseconds(d time.Duration) string { return strconv.FormatInt(d.Milliseconds(), 10) }

// durable makes commits of the connection wait until they are on the disk, also where the role or the database has
// another default. Without that, the death of one server process would lose commits that were acknowledged.
func durable(ctx context.Context, conn *pgx.Conn) error {
	_, err := conn.Exec(ctx,
		"SELECT set_config('synchronous_commit', 'on', false) WHERE current_setting('synchronous_commit') = 'off'")
	return err
}

// unreadable is the error of a URL that cannot be used. It has the reason only if that shows no part of the URL.
func unreadable(raw string, err error) error {
	u, parseErr := url.Parse(raw)
	if parseErr != nil {
		return errors.New("is no URL of the form postgres://USER:PASSWORD@HOST:PORT/DATABASE; in the password, write " +
			"each character other than letters and digits as % and its two hexadecimal digits")
	}
	text := err.Error() // "cannot parse `URL`: reason"
	if end := strings.LastIndex(text, "`: "); end >= 0 {
		text = text[end+len("`: "):]
	}
	return errors.New("cannot be used: " + hide(u, text))
}

// hide removes the secrets of the URL, and the URL itself, from a text.
func hide(u *url.URL, text string) string {
	secrets := []string{u.String()}
	if password, ok := u.User.Password(); ok {
		secrets = append(secrets, password)
	}
	for _, name := range []string{"password", "sslpassword"} {
		secrets = append(secrets, u.Query()[name]...)
	}
	for _, secret := range secrets {
		if secret != "" {
			text = strings.ReplaceAll(text, secret, "xxxxx")
		}
	}
	return text
}
