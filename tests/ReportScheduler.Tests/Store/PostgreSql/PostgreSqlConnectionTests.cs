using System.Collections.Concurrent;
using System.Globalization;
using System.Text.RegularExpressions;
using Npgsql;
using ReportScheduler.Runs;
using ReportScheduler.Store;
using ReportScheduler.Store.Relational;
using ReportScheduler.Stores;
using ReportScheduler.Tests.Store.Relational;
using ReportScheduler.Tests.Support;

namespace ReportScheduler.Tests.Store.PostgreSql;

public sealed class PostgreSqlConnectionTests() : ConnectionContract(new PostgreSqlStoreDatabase())
{
    private protected override int Port => PostgreSqlServer.Shared.Port;

    private protected override string Self => "select pg_backend_pid()::bigint";

    private protected override string Kill => "select pg_terminate_backend({0})";

    [Theory]
    [InlineData(null)]
    [InlineData("grant usage on schema reportscheduler to {0}")]
    public void A_store_that_a_user_may_not_look_into_is_not_one_to_be_made(string? grant)
    {
        var user = $"stranger_{Guid.NewGuid():N}";
        var password = PostgreSqlServer.Password.Replace("'", "''", StringComparison.Ordinal);
        Database.Execute($"create role {user} login password '{password}'");
        if (grant is not null)
        {
            Database.Execute(string.Format(CultureInfo.InvariantCulture, grant, user));
        }

        var address = DatabaseAddress.Parse(Database.Address.Replace("postgres@", user + "@", StringComparison.Ordinal));
        var problem = Assert.Throws<ReportException>(() =>
            new RelationalDatabase(address, vault: null).Once(session => session.Scalar<int>("select 1")));
        Assert.Equal("StoreDenied", problem.ErrorId);
        Database.Execute($"drop owned by {user}; drop role {user}");
    }

    [Fact]
    public void A_user_who_may_not_change_one_of_the_tables_is_found_by_the_check_of_the_store()
    {
        var user = $"clerk_{Guid.NewGuid():N}";
        var password = PostgreSqlServer.Password.Replace("'", "''", StringComparison.Ordinal);
        Database.Execute($"create role {user} login password '{password}'; grant usage on schema reportscheduler to {user}; "
            + $"grant all on all tables in schema reportscheduler to {user}");
        var address = Database.Address.Replace("postgres@", user + "@", StringComparison.Ordinal);
        var store = new RelationalStore(DatabaseAddress.Parse(address), Directory.CreateTempSubdirectory().FullName, StoreScope.User);
        string? Told() => StoreChecks.Try(store).Single(check => check.Check == "Write").Message;
        Assert.Equal("The store can be written.", Told());
        Database.Execute($"revoke delete on reportscheduler.delivery from {user}");
        Assert.Contains("permission denied for table delivery", Told(), StringComparison.Ordinal);
        Database.Execute($"drop owned by {user}; drop role {user}");
    }

    [Fact]
    public void Thousands_that_are_due_are_planned_once_by_two_at_a_time_and_no_table_is_read_from_end_to_end()
    {
        const int Due = 2500;
        var folder = Directory.CreateTempSubdirectory("report-scheduler-");
        try
        {
            var reports = new RelationalStore(DatabaseAddress.Parse(Database.Address), folder.FullName, StoreScope.User);
            Planner(reports);
            // plans are made while the tables are known to be empty, and kept
            Database.Execute("vacuum analyze");
            Planner(reports);
            Planner(reports);
            reports.PutTask(new ReportTask { Id = "t0", Name = "t0", At = StorePlace.Noon, TimeZone = "UTC" },
                PutMode.Add, StorePlace.Noon);
            Database.Execute($"insert into task select 't' || n, 't' || n, 't' || n, time_zone, is_parallel, revision, "
                + $"replace(record, '\"t0\"', '\"t' || n || '\"') from task, generate_series(1, {Due - 1}) n");
            Database.Execute($"insert into task_state select 't' || n, wake_at, replace(record, '\"t0\"', '\"t' || n || '\"') "
                + $"from task_state, generate_series(1, {Due - 1}) n");
            const string Read = "select sum(seq_tup_read) from pg_stat_user_tables where relname in ('task', 'task_state', 'run')";
            NpgsqlConnection.ClearAllPools();
            var before = Database.Scalar(Read);
            var (threads, planned) = Planner(reports);
            NpgsqlConnection.ClearAllPools();
            Assert.Equal(before, Database.Scalar(Read));
            Assert.Equal((2, Due), (threads, planned.Select(run => run.TaskId).Distinct().Count()));
            Assert.Equal(Due, planned.Count);
            Assert.Equal($"{Due}", Database.Scalar("select count(*) from run where wait_at is not null"));
            Assert.Equal("0", Database.Scalar("select count(*) from task_state where wake_at is not null"));
        }
        finally
        {
            folder.Delete(recursive: true);
        }

        static (int Threads, IReadOnlyList<ReportRun> Runs) Planner(RelationalStore reports)
        {
            var threads = new ConcurrentDictionary<int, bool>();
            var watched = BrokenStore.Of(reports, (called, _) =>
            {
                if (called == nameof(IReportStore.PlanDue))
                {
                    threads.TryAdd(Environment.CurrentManagedThreadId, true);
                }

                return false;
            });
            var runs = new TaskPlanner(watched).PlanDue().Runs;
            return (threads.Count, runs);
        }
    }

    [Fact]
    public void The_tables_are_made_in_a_schema_that_an_administrator_has_made_by_a_user_with_rights_in_it_alone()
    {
        var (user, database) = ($"maker_{Guid.NewGuid():N}", $"given_{Guid.NewGuid():N}");
        var password = PostgreSqlServer.Password.Replace("'", "''", StringComparison.Ordinal);
        Database.Execute($"create role {user} login password '{password}'");
        Database.Execute($"create database {database}");
        var server = new NpgsqlConnectionStringBuilder(PostgreSqlServer.Shared.ConnectionString) { Database = database };
        using (var connection = new NpgsqlConnection(server.ConnectionString))
        {
            connection.Open();
            using var command = new NpgsqlCommand(
                $"create schema reportscheduler; grant usage, create on schema reportscheduler to {user}", connection);
            command.ExecuteNonQuery();
        }

        var address = Regex.Replace(Database.Address, "//postgres@(.*)/store_[^?]*", $"//{user}@$1/{database}");
        var store = new RelationalStore(DatabaseAddress.Parse(address), Directory.CreateTempSubdirectory().FullName, StoreScope.User);
        store.Make();
        Assert.Equal("The store can be written.", StoreChecks.Try(store).Single(check => check.Check == "Write").Message);
        NpgsqlConnection.ClearAllPools();
        Database.Execute($"drop database {database} with (force)");
        Database.Execute($"drop role {user}");
    }

    [Fact]
    public void A_certificate_that_is_not_trusted_is_said_and_not_only_that_TLS_failed()
    {
        var store = new RelationalDatabase(DatabaseAddress.Parse(Database.Address + "&sslmode=verify-full"), vault: null);
        var problem = Assert.Throws<ReportException>(() => store.Once(session => session.Scalar<int>("select 1")));
        Assert.Equal("StoreUnreachable", problem.ErrorId);
        Assert.Contains("certificate", problem.Message, StringComparison.Ordinal);
    }

    // a wrong password where the server takes TLS only
    [Theory]
    [InlineData("no pg_hba.conf entry for host \"10.0.0.2\", user \"reports\", database \"reports\", no encryption", true)]
    [InlineData("no pg_hba.conf entry for host \"10.0.0.2\", user \"reports\", database \"reports\", SSL encryption", false)]
    public void A_refusal_of_the_second_attempt_without_TLS_says_how_to_see_the_first(string words, bool isTold)
    {
        var refused = new PostgresException(words, "FATAL", "FATAL", PostgresErrorCodes.InvalidAuthorizationSpecification);
        var dialect = new PostgreSqlDialect();
        var told = RelationalErrors.Of(refused, dialect.FaultOf(refused), "postgresql://reports@db/reports", dialect.DeniedHint(refused));
        Assert.Equal("StoreDenied", told.ErrorId);
        Assert.Equal(isTold, told.Message.Contains("sslmode=require", StringComparison.Ordinal));
    }

    [Fact]
    public void A_server_that_only_reads_as_after_a_failover_is_a_store_that_cannot_be_used_now()
    {
        var store = new RelationalDatabase(DatabaseAddress.Parse(Database.Address), vault: null);
        var problem = Assert.Throws<ReportException>(() => store.Change(session =>
        {
            session.Execute("set transaction read only");
            return session.Execute("insert into meta (name, value) values ('test', 'once')");
        }));
        Assert.Equal(("StoreUnreachable", true), (problem.ErrorId, problem.IsTransient));
    }

    [Theory]
    [InlineData("transaction_isolation", "read committed")]
    [InlineData("lock_timeout", "0")]
    [InlineData("idle_in_transaction_session_timeout", "5s")]
    [InlineData("search_path", "reportscheduler")]
    [InlineData("TimeZone", "UTC")]
    public void What_a_database_has_for_others_is_nothing_to_the_store(string name, string value)
    {
        using var odd = OddPostgreSqlStorePlace.Database();
        odd.Make();
        Assert.Equal(value, new RelationalDatabase(DatabaseAddress.Parse(odd.Address), vault: null)
            .Once(session => session.Find($"show {name}")));
    }

    // as PgBouncer has them with ignore_startup_parameters
    [Theory]
    [InlineData("")]
    [InlineData("reportscheduler")]
    public void A_session_without_its_settings_is_not_used(string schemas)
    {
        using var dropped = new NpgsqlConnection(
            new NpgsqlConnectionStringBuilder(PostgreSqlServer.Shared.ConnectionString) { SearchPath = schemas }.ConnectionString);
        dropped.Open();
        foreach (var use in new Action<PostgreSqlDialect>[] { sql => RelationalSchema.Version(new StoreSession(dropped, null, sql), "db"),
            sql => RelationalSchema.TryBring(dropped, sql, "db") })
        {
            Assert.Equal("StoreBehindPooler", Assert.Throws<ReportException>(() => use(new PostgreSqlDialect())).ErrorId);
        }
    }

    // as PgBouncer says it without that
    [Fact]
    public void A_pooler_that_takes_no_settings_is_not_waited_for()
    {
        var refused = new PostgresException("unsupported startup parameter: search_path", "FATAL", "FATAL", "08P01");
        var told = RelationalErrors.Of(refused, new PostgreSqlDialect().FaultOf(refused), "postgresql://reports@db/reports");
        Assert.Equal(("StoreBehindPooler", false), (told.ErrorId, told.IsTransient));
        Assert.Contains("unsupported startup parameter", told.Message, StringComparison.Ordinal);
    }

    [Theory]
    // resources, this user's too
    [InlineData("53000")]
    [InlineData("53100")]
    [InlineData("53200")]
    [InlineData("53300")]
    [InlineData("53400")]
    // another transaction, each of the tries
    [InlineData("40001")]
    [InlineData("40P01")]
    [InlineData("55P03")]
    [InlineData("55006")]
    // a server that only reads, that ends or starts, whose disk fails
    [InlineData("25006")]
    [InlineData("57P01")]
    [InlineData("57P02")]
    [InlineData("57P03")]
    [InlineData("58030")]
    [InlineData("08006")]
    // what was ended
    [InlineData("57014")]
    public void What_passes_is_a_store_that_cannot_be_used_now(string state) =>
        Assert.Equal(("StoreUnreachable", true), Meet(Raise(state)));

    [Theory]
    [InlineData("28000")]
    [InlineData("28P01")]
    [InlineData("42501")]
    public void A_refusal_is_one_whoever_is_refused(string state) => Assert.Equal(("StoreDenied", false), Meet(Raise(state)));

    [Theory]
    [InlineData("42P01")]
    [InlineData("42601")]
    [InlineData("22001")]
    public void What_stays_is_a_statement_that_failed(string state) =>
        Assert.Equal(("StoreStatementFailed", false), Meet(Raise(state)));

    [Fact]
    public void A_database_whose_encoding_has_not_all_characters_is_none_for_a_store()
    {
        Database.Execute("create database narrow_store encoding 'LATIN1' locale 'C' template template0");
        var address = DatabaseAddress.Parse(Regex.Replace(Database.Address, "/store_[^?]*", "/narrow_store"));
        var store = new RelationalDatabase(address, vault: null);
        Assert.Equal("StoreEncodingNarrow", Assert.Throws<ReportException>(() =>
            store.Unchecked(connection => RelationalSchema.TryBring(connection, address.Dialect, address.Text))).ErrorId);
        NpgsqlConnection.ClearAllPools();
        Database.Execute("drop database narrow_store with (force)");
    }

    [Fact]
    public void No_password_is_a_user_who_is_not_let_in() => Assert.Equal(StoreFault.Denied, new PostgreSqlDialect().FaultOf(
        new NpgsqlException("No password has been provided but the backend requires one (in SASL/SCRAM-SHA-256)")));

    private static string Raise(string state) => $"do $$ begin raise sqlstate '{state}'; end $$";
}
