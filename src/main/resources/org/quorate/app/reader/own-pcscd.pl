# Runs the card reader service pcscd on a socket of its own, so that it needs no right that its user lacks and comes into
# nobody's way, and ends it when standard input ends: with whoever started it, however that ended.
#
# pcscd takes a socket that is handed to it as systemd hands sockets over: as file 3, with two variables that say so.
use strict;
use warnings;
use Fcntl qw(F_SETFD);
use POSIX qw(dup2 WNOHANG);
use Socket;

my ($socket, $parts) = @ARGV;
$ENV{PATH} .= ':/usr/sbin:/sbin';

my $help = `pcscd --help 2>/dev/null`;
die "pcscd cannot be run\n" if $help eq '';
my @command = ('pcscd', '--foreground', '--config', "$parts/conf");
# Its clients are ours alone: the folder of the socket lets nobody else in. Where no polkit runs, it would refuse all.
push @command, '--disable-polkit' if $help =~ /--disable-polkit/;

# pcscd writes its number to a file of the system, where a service of the system may have left its own.
my $number_file = '/run/pcscd/pcscd.pid';
my $number_before = '';
if (open(my $in, '<', $number_file)) {
    local $/;
    $number_before = <$in> // '';
}

socket(my $listening, PF_UNIX, SOCK_STREAM, 0) or die "$!\n";
bind($listening, pack_sockaddr_un($socket)) or die "$socket: $!\n";
listen($listening, 16) or die "$socket: $!\n";

my $ended = 0;
$SIG{CHLD} = sub { $ended = 1 };
my $child = fork() // die "$!\n";
if ($child == 0) {
    open(STDIN, '<', '/dev/null');
    dup2(fileno($listening), 3) // die "$!\n";
    open(my $third, '+<&=', 3) or die "$!\n";
    fcntl($third, F_SETFD, 0) or die "$!\n";
    $ENV{LISTEN_PID} = $$;
    $ENV{LISTEN_FDS} = 1;
    # Readers on USB belong to the system's own service.
    $ENV{PCSCLITE_HP_DROPDIR} = "$parts/none";
    exec @command or die "pcscd: $!\n";
}
# Otherwise whoever connects after the service has ended waits for an answer for ever.
close $listening;

until ($ended) {
    my $ready = '';
    vec($ready, fileno(STDIN), 1) = 1;
    last if select($ready, undef, undef, 1) > 0 && !sysread(STDIN, my $byte, 1);
}

kill 'TERM', $child;
for (1 .. 40) {
    last if waitpid($child, WNOHANG) != 0;
    select(undef, undef, undef, 0.05);
}
kill 'KILL', $child;
if ($number_before ne '' && open(my $out, '>', $number_file)) {
    print $out $number_before;
}
unlink $socket;
unlink glob("'$parts/conf'/*"), glob("'$parts'/*.so"), "$parts/pcscd.log";
rmdir $_ for "$parts/conf", "$parts/none", $parts, $socket =~ s{/[^/]*$}{}r;
