using ReportScheduler.Tests.Support;

[assembly: AssemblyFixture(typeof(OddMariaDbServer))]

namespace ReportScheduler.Tests.Support;

/// <summary>A MariaDB whose settings are other than most have them, all at once, as an administrator may want them.</summary>
public sealed class OddMariaDbServer : MariaDbServer
{
    public OddMariaDbServer() => Odd = this;

    public static OddMariaDbServer Odd { get; private set; } = null!;

    protected override string[] Settings =>
    [
        "--sql-mode=ANSI,NO_BACKSLASH_ESCAPES,PIPES_AS_CONCAT", "--max-allowed-packet=1M", "--transaction-isolation=SERIALIZABLE",
        "--character-set-server=latin1", "--collation-server=latin1_general_cs", "--lower-case-table-names=1",
        "--default-time-zone=-11:30", "--wait-timeout=2", "--idle-write-transaction-timeout=2",
        "--skip-character-set-client-handshake",
        // of those who are not administrators
        "--init-connect=set autocommit = 0, sql_select_limit = 1, sql_safe_updates = 1, innodb_lock_wait_timeout = 1, "
            + "unique_checks = 0, foreign_key_checks = 0, completion_type = 'CHAIN'",
    ];
}
