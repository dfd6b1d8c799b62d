// The same one question as the other servers of the benchmark, served by Wish and Bubble Tea.
//
// An answer is written to a file and synced before "Recorded" is drawn, as ours is. Built by servers.py with the
// libraries that Debian packages; nothing is fetched.
package main

import (
	"fmt"
	"log"
	"net"
	"os"
	"strings"
	"sync"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/lipgloss"
	"github.com/charmbracelet/wish"
	bm "github.com/charmbracelet/wish/bubbletea"
	"github.com/gliderlabs/ssh"
)

var (
	options = []string{
		"Worn out, going through the motions", "A bit flat", "Steady, able to think ahead",
		"Stretched, but coping", "Firefighting most of the time",
	}
	title  = lipgloss.NewStyle().Bold(true)
	chosen = lipgloss.NewStyle().Reverse(true)
	dim    = lipgloss.NewStyle().Faint(true)
	file   *os.File
	lock   sync.Mutex
)

type recorded struct{}

type question struct {
	at    int
	times int
}

func (q question) Init() tea.Cmd { return nil }

func store(answer int) tea.Cmd {
	return func() tea.Msg {
		lock.Lock()
		defer lock.Unlock()
		if _, err := fmt.Fprintln(file, answer); err != nil {
			log.Fatal(err)
		}
		if err := file.Sync(); err != nil {
			log.Fatal(err)
		}
		return recorded{}
	}
}

func (q question) Update(message tea.Msg) (tea.Model, tea.Cmd) {
	switch message := message.(type) {
	case recorded:
		q.times++
	case tea.KeyMsg:
		keys := []rune(message.String())
		if message.Type == tea.KeyEnter {
			keys = []rune{'\r'}
		}
		if message.Type == tea.KeyCtrlC {
			return q, tea.Quit
		}
		// Keys that arrive together are one message.
		for _, key := range keys {
			if key == '\r' && q.at > 0 {
				return q, store(q.at)
			}
			if key >= '1' && key <= '5' {
				q.at = int(key - '0')
			}
		}
	}
	return q, nil
}

func (q question) View() string {
	lines := []string{"", title.Render("How has this week been?"), "", "Think of the week. It has mostly been…", ""}
	for n, option := range options {
		line := fmt.Sprintf(" %d  %s", n+1, option)
		if n+1 == q.at {
			line = chosen.Render(line)
		}
		lines = append(lines, line)
	}
	if q.times > 0 {
		// What did not change would not be sent again.
		lines = append(lines, "", fmt.Sprintf("Recorded (%d)", q.times))
	}
	lines = append(lines, "", dim.Render("1-5 choose   enter send   ctrl+c leave"))
	return strings.Join(lines, "\n")
}

func main() {
	var err error
	if file, err = os.OpenFile(os.Args[2], os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600); err != nil {
		log.Fatal(err)
	}
	server, err := wish.NewServer(
		wish.WithHostKeyPath(os.Args[1]),
		wish.WithMiddleware(bm.Middleware(func(ssh.Session) (tea.Model, []tea.ProgramOption) {
			return question{}, []tea.ProgramOption{tea.WithAltScreen()}
		})),
	)
	if err != nil {
		log.Fatal(err)
	}
	door, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println("listening", "127.0.0.1", door.Addr().(*net.TCPAddr).Port)
	log.Fatal(server.Serve(door))
}
