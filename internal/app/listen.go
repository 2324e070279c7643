package app

import (
	"errors"
	"net"

	"github.com/coreos/go-systemd/v22/activation"
)

// inherited are listeners that the process was started with, by systemd or a like (sd_listen_fds(3)), by their names.
// Connections wait in them while no process accepts any, so that a service can be replaced without refusing one.
type inherited map[string][]net.Listener

// take returns the listener for a setting: the one of that name or, for the service's own address, the first of any
// other. It returns nil if there is none.
func (i inherited) take(setting string) net.Listener {
	if own := i[setting]; len(own) > 0 {
		i[setting] = own[1:]
		return own[0]
	}
	for name, others := range i {
		if setting == "addr" && name != "admin-addr" && name != "redirect-addr" && len(others) > 0 {
			i[name] = others[1:]
			return others[0]
		}
	}
	return nil
}

// listenOn opens the listeners and sets a.URL, which may depend on their address.
func (a *App) listenOn(c Config) error {
	given, err := activation.ListenersWithNames()
	if err != nil {
		return settingf("addr", "the listeners of LISTEN_FDS cannot be used: %v", err)
	}
	for _, l := range []struct {
		setting, addr string
		into          *net.Listener
	}{
		{"addr", c.Addr, &a.listener}, {"admin-addr", c.AdminAddr, &a.admin}, {"redirect-addr", c.TLS.RedirectAddr, &a.plain},
	} {
		if *l.into, err = a.listen(inherited(given), l.setting, l.addr); err != nil {
			return err
		}
	}
	listening := a.listener.Addr().(*net.TCPAddr).AddrPort()
	if a.URL, err = c.publicAddress(listening); err != nil {
		return err
	}
	if c.PublicURL == "" && listening.Addr().IsUnspecified() && len(c.TLS.Domains) == 0 {
		a.log.Warn("links and pictures will contain " + a.URL +
			", which other machines cannot open: set --public-url to the service's address")
	}
	return nil
}

// listen returns the inherited listener for the setting, or one on its address, until Close. It returns nil if there is
// neither.
func (a *App) listen(given inherited, setting, addr string) (net.Listener, error) {
	l := given.take(setting)
	switch _, tcp := l.(*net.TCPListener); {
	case l != nil && !tcp:
		return nil, settingf(setting, "the listener %s that the process was started with is not one of TCP", l.Addr())
	case l != nil:
		a.log.Info("listening on what the process was started with", "setting", setting, "address", l.Addr().String())
	case addr == "":
		return nil, nil
	default:
		var err error
		l, err = net.Listen("tcp", addr)
		if op, ok := errors.AsType[*net.OpError](err); ok {
			err = op.Err
		}
		if err != nil {
			return nil, settingf(setting, "cannot listen on %q: %v", addr, err)
		}
	}
	a.onClose(func() error {
		if err := l.Close(); !errors.Is(err, net.ErrClosed) {
			return err
		}
		return nil
	})
	return l, nil
}
