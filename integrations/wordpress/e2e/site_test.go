package e2e

import (
	"context"
	_ "embed"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"time"
)

// source is where Debian's package has WordPress.
const source = "/usr/share/wordpress"

// password is that of the site's only user, admin.
const password = "a-password-of-the-tests"

// patience is how long anything may take on a busy machine.
const patience = 2 * time.Minute

// site is a WordPress with the plugin, its database, and a service of cards.
type site struct {
	dir, url string
	wp       string // folder of WordPress
	socket   string // of the database
	appPass  string // application password of admin
	running  []*exec.Cmd
	cards    *service
}

//go:embed install.php
var installScript string

// classic shows the classic editor where the address asks for it.
const classic = `<?php
add_filter('use_block_editor_for_post', function ($use) { return $use && !isset($_GET['classic']); });
`

// newSite makes the site. It returns what was made so far with an error too, so that it can be stopped.
func newSite(dir string) (*site, error) {
	s := &site{dir: dir, wp: filepath.Join(dir, "wp"), socket: filepath.Join(dir, "db.sock")}
	addr, err := freeAddr()
	if err != nil {
		return s, err
	}
	s.url = "http://" + addr
	if s.cards, err = newService(filepath.Join(dir, "data")); err != nil {
		return s, err
	}
	for _, step := range []func() error{s.copyFiles, s.startDatabase, s.configure, s.install, func() error { return s.serve(addr) }} {
		if err := step(); err != nil {
			return s, err
		}
	}
	return s, nil
}

func freeAddr() (string, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	defer l.Close()
	return l.Addr().String(), nil
}

// copyFiles copies WordPress, whose package has links out of its folder, and the plugin.
func (s *site) copyFiles() error {
	if err := run1("cp", "-rL", source, s.wp); err != nil {
		return err
	}
	_ = os.Remove(filepath.Join(s.wp, "wp-config.php"))
	if err := run1("cp", "-r", "../cards", filepath.Join(s.wp, "wp-content/plugins/cards")); err != nil {
		return err
	}
	always := filepath.Join(s.wp, "wp-content/mu-plugins")
	if err := os.Mkdir(always, 0o755); err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(always, "classic.php"), []byte(classic), 0o600)
}

func run1(program string, args ...string) error {
	if out, err := exec.CommandContext(context.Background(), program, args...).CombinedOutput(); err != nil {
		return fmt.Errorf("%s: %w\n%s", program, err, out)
	}
	return nil
}

func (s *site) startDatabase() error {
	data := filepath.Join(s.dir, "db")
	flags := []string{"--no-defaults", "--datadir=" + data}
	if os.Getuid() == 0 {
		flags = append(flags, "--user=root")
	}
	if err := run1("mariadb-install-db", append(flags, "--auth-root-authentication-method=normal", "--skip-test-db")...); err != nil {
		return err
	}
	flags = append(flags, "--socket="+s.socket, "--skip-networking", "--pid-file="+filepath.Join(s.dir, "db.pid"),
		"--innodb-flush-log-at-trx-commit=0", "--skip-log-bin")
	if err := s.start(filepath.Join(s.dir, "db.log"), nil, "mariadbd", flags...); err != nil {
		return err
	}
	return eventually(func() error {
		return run1("mariadb", "--no-defaults", "-uroot", "-S", s.socket, "-e", "CREATE DATABASE IF NOT EXISTS wp")
	})
}

// start starts a server in a process group of its own: PHP's workers outlive their parent.
func (s *site) start(log string, env []string, program string, args ...string) error {
	out, err := os.Create(log)
	if err != nil {
		return err
	}
	defer out.Close()
	cmd := exec.CommandContext(context.Background(), program, args...)
	cmd.Stdout, cmd.Stderr, cmd.Env = out, out, append(os.Environ(), env...)
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	if err := cmd.Start(); err != nil {
		return err
	}
	s.running = append(s.running, cmd)
	return nil
}

func (s *site) stop() {
	for _, cmd := range s.running {
		_ = syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL)
		_ = cmd.Wait()
	}
	if s.cards != nil {
		s.cards.stop()
	}
}

// configure writes wp-config.php. The site asks nobody outside.
func (s *site) configure() error {
	var b strings.Builder
	b.WriteString("<?php\n")
	for name, value := range map[string]string{
		"DB_NAME": "wp", "DB_USER": "root", "DB_PASSWORD": "", "DB_HOST": "localhost:" + s.socket, "DB_CHARSET": "utf8mb4",
		"DB_COLLATE": "", "WP_HOME": s.url, "WP_SITEURL": s.url, "WP_ACCESSIBLE_HOSTS": "127.0.0.1", "FS_METHOD": "direct",
		"WP_ENVIRONMENT_TYPE": "local", "WP_DEBUG_LOG": filepath.Join(s.dir, "debug.log"),
	} {
		fmt.Fprintf(&b, "define('%s', '%s');\n", name, value)
	}
	for _, name := range []string{"AUTH_KEY", "SECURE_AUTH_KEY", "LOGGED_IN_KEY", "NONCE_KEY", "AUTH_SALT", "SECURE_AUTH_SALT", "LOGGED_IN_SALT", "NONCE_SALT"} {
		fmt.Fprintf(&b, "define('%s', 'salt of the tests for %s');\n", name, name)
	}
	b.WriteString(`define('WP_HTTP_BLOCK_EXTERNAL', true); define('AUTOMATIC_UPDATER_DISABLED', true);
define('WP_DEBUG', true); define('WP_DEBUG_DISPLAY', false);
$table_prefix = 'wp_';
if (!defined('ABSPATH')) { define('ABSPATH', __DIR__ . '/'); }
require_once ABSPATH . 'wp-settings.php';
`)
	return os.WriteFile(filepath.Join(s.wp, "wp-config.php"), []byte(b.String()), 0o600)
}

func (s *site) install() error {
	out, err := s.php(installScript, "CARDS_SERVICE="+s.cards.url, "CARDS_TOKEN_GIVEN="+s.cards.token, "PASSWORD="+password)
	if err != nil {
		return err
	}
	_, pass, ok := strings.Cut(out, "application password: ")
	if !ok {
		return errors.New("the installation printed: " + out)
	}
	s.appPass, _, _ = strings.Cut(pass, "\n")
	return nil
}

// php runs a script inside of WordPress, and returns what it prints.
func (s *site) php(script string, env ...string) (string, error) {
	script = strings.TrimPrefix(script, "<?php")
	cmd := exec.CommandContext(context.Background(), "php", "-d", "display_errors=stderr", "-r", script)
	cmd.Dir = s.wp
	cmd.Env = append(append(os.Environ(), "WP_URL="+s.url), env...)
	var problems strings.Builder
	cmd.Stderr = &problems
	out, err := cmd.Output()
	if err != nil {
		return "", fmt.Errorf("php: %w\n%s%s", err, out, problems.String())
	}
	return string(out), nil
}

func (s *site) serve(addr string) error {
	err := s.start(filepath.Join(s.dir, "php.log"), []string{"PHP_CLI_SERVER_WORKERS=6"}, "php", "-d", "display_errors=0",
		"-d", "upload_max_filesize=20M", "-d", "post_max_size=21M", "-S", addr, "-t", s.wp)
	if err != nil {
		return err
	}
	return eventually(func() error {
		ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
		defer cancel()
		r, err := http.NewRequestWithContext(ctx, http.MethodGet, s.url+"/", http.NoBody)
		if err != nil {
			return err
		}
		resp, err := http.DefaultClient.Do(r)
		if err != nil {
			return err
		}
		resp.Body.Close()
		if resp.StatusCode != http.StatusOK {
			return fmt.Errorf("the front page: %s", resp.Status)
		}
		return nil
	})
}

// eventually calls f until it succeeds, or returns its last error when that has taken too long.
func eventually(f func() error) error {
	for began := time.Now(); ; time.Sleep(50 * time.Millisecond) {
		err := f()
		if err == nil || time.Since(began) > patience {
			return err
		}
	}
}
