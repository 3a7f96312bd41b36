using System.Diagnostics;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using ReportScheduler.Rows;
using ReportScheduler.Sources;
using ReportScheduler.Sources.Providers;
using ReportScheduler.Sources.Providers.SqlServer;
using ReportScheduler.Tests.Support;

namespace ReportScheduler.Tests.Sources.Providers;

/// <summary>The real SqlClient against canned answers; and where REPORTSCHEDULER_TEST_SQLSERVER
/// holds a connection string, the same table against that server.</summary>
public sealed class SqlServerTests : IDisposable
{
    private const string Digits38 = "12345678901234567890123456789012345.678";

    private static readonly Dictionary<string, (TdsValue Wire, object? Expected, Type Type)> Table = new()
    {
        // text
        ["CAST(N'007' AS nvarchar(4000))"] = (TdsValue.NVarChar("007"), "007", typeof(string)),
        ["CAST(N'=1+1 é漢' AS nvarchar(4000))"] = (TdsValue.NVarChar("=1+1 é漢"), "=1+1 é漢", typeof(string)),
        ["CAST('abc' AS varchar(8000))"] = (TdsValue.VarChar("abc"), "abc", typeof(string)),
        ["CAST(N'' AS nvarchar(4000))"] = (TdsValue.NVarChar(""), "", typeof(string)),
        ["CAST(NULL AS nvarchar(4000))"] = (TdsValue.NVarChar(null), null, typeof(string)),
        // numbers
        ["CAST(-5 AS int)"] = (TdsValue.Int(-5), -5, typeof(int)),
        ["CAST(NULL AS int)"] = (TdsValue.Int(null), null, typeof(int)),
        ["CAST(9223372036854775807 AS bigint)"] = (TdsValue.BigInt(long.MaxValue), long.MaxValue, typeof(long)),
        ["CAST(1 AS bit)"] = (TdsValue.Bit(true), true, typeof(bool)),
        ["CAST(0.1 AS float)"] = (TdsValue.Float(0.1), 0.1, typeof(double)),
        ["CAST(-12.3456 AS money)"] = (TdsValue.Money(-12.3456m), -12.3456m, typeof(decimal)),
        ["CAST(1234567890123456.78 AS decimal(18,2))"] =
            (TdsValue.Decimal("1234567890123456.78", 18, 2), 1234567890123456.78m, typeof(decimal)),
        ["CAST(-1.500 AS decimal(38,3))"] = (TdsValue.Decimal("-1.500", 38, 3), -1.500m, typeof(decimal)),
        [$"CAST({Digits38} AS decimal(38,3))"] = (TdsValue.Decimal(Digits38, 38, 3), Digits38, typeof(decimal)),
        // dates and times
        ["CAST('2024-02-29' AS date)"] = (TdsValue.Date(new DateOnly(2024, 2, 29)), new DateTime(2024, 2, 29), typeof(DateTime)),
        ["CAST(NULL AS date)"] = (TdsValue.Date(null), null, typeof(DateTime)),
        ["CAST('13:14:15.1234567' AS time)"] =
            (TdsValue.Time(TimeSpan.FromTicks(476551234567)), TimeSpan.FromTicks(476551234567), typeof(TimeSpan)),
        ["CAST('2024-02-29T13:14:15' AS datetime)"] =
            (TdsValue.DateTime(new DateTime(2024, 2, 29, 13, 14, 15)), new DateTime(2024, 2, 29, 13, 14, 15), typeof(DateTime)),
        ["CAST('2024-02-29T13:14:15.1234567' AS datetime2)"] =
            (TdsValue.DateTime2(new DateTime(2024, 2, 29, 13, 14, 15).AddTicks(1234567)),
                new DateTime(2024, 2, 29, 13, 14, 15).AddTicks(1234567), typeof(DateTime)),
        ["CAST('2024-02-29T13:14:15+05:30' AS datetimeoffset)"] =
            (TdsValue.DateTimeOffset(new DateTimeOffset(2024, 2, 29, 13, 14, 15, new TimeSpan(5, 30, 0))),
                new DateTimeOffset(2024, 2, 29, 13, 14, 15, new TimeSpan(5, 30, 0)), typeof(DateTimeOffset)),
        // the rest
        ["CAST('6f9619ff-8b86-d011-b42d-00c04fc964ff' AS uniqueidentifier)"] =
            (TdsValue.Guid(System.Guid.Parse("6f9619ff-8b86-d011-b42d-00c04fc964ff")),
                System.Guid.Parse("6f9619ff-8b86-d011-b42d-00c04fc964ff"), typeof(Guid)),
        ["CAST(0x00FF AS varbinary(8000))"] = (TdsValue.VarBinary(0, 255), new byte[] { 0, 255 }, typeof(byte[])),
    };

    private readonly TdsResponder responder =
        new(Table.Select(row => (row.Key, row.Value.Wire)).Append(("@p", TdsValue.Int(1))).ToDictionary());

    public static TheoryData<string> Expressions => [.. Table.Keys];

    private static string? RealServer => Environment.GetEnvironmentVariable("REPORTSCHEDULER_TEST_SQLSERVER");

    public void Dispose() => responder.Dispose();

    [Theory]
    [MemberData(nameof(Expressions))]
    public void A_value_keeps_its_meaning(string expression)
    {
        foreach (var text in new[] { responder.Text(), RealServer }.OfType<string>())
        {
            using var database = Databases.Open(ReportProvider.SqlServer, text);
            var cell = database.Row($"SELECT {expression} AS v").Single();
            Assert.Equal(Table[expression].Expected, cell.Value);
            Assert.Equal(Table[expression].Type, cell.Type);
        }
    }

    public static TheoryData<object?, string> Parameters => new()
    {
        { new DateOnly(2024, 2, 29), "@p date" },
        { new DateTime(2024, 2, 29, 13, 14, 15), "@p datetime2(7)" },
        { new DateTimeOffset(2024, 2, 29, 13, 14, 15, TimeSpan.FromHours(2)), "@p datetimeoffset(7)" },
        { new TimeOnly(13, 14), "@p time(7)" },
        { "'; DROP TABLE x; --", "@p nvarchar(4000)" },
        { 5, "@p int" },
        { long.MaxValue, "@p bigint" },
        { 12.50m, "@p decimal(4,2)" },
        { 0.1, "@p float" },
        { true, "@p bit" },
        { System.Guid.Empty, "@p uniqueidentifier" },
        { new byte[] { 1 }, "@p varbinary(1)" },
    };

    [Theory]
    [MemberData(nameof(Parameters))]
    public void A_parameter_is_sent_apart_from_the_text_and_with_its_type(object? value, string types)
    {
        using var database = Databases.Open(ReportProvider.SqlServer, responder.Text());
        Assert.Equal(1, database.Row("SELECT @p AS v", ("p", value)).Single().Value);
        Assert.Equal(("SELECT @p AS v", types), responder.Statements.Last());
    }

    [Theory]
    [InlineData("Invalid object name '#sales'.", true)]
    [InlineData("Invalid object name 'dbo.sales'.", false)]
    public void A_temporary_table_that_ended_with_its_batch_is_explained(string message, bool isExplained) =>
        Assert.Equal(isExplained, DatabaseProblem
            .Querying(new InvalidOperationException(message), new SqlServerProvider(), "q", "db", Databases.Limit).Message
            .Contains("make it in a batch without any", StringComparison.Ordinal));

    [Fact]
    public void A_time_in_words_is_the_wall_clock_of_the_zone()
    {
        using var database = Databases.Open(ReportProvider.SqlServer, responder.Text());
        var now = new DateTimeOffset(2024, 2, 29, 13, 14, 15, TimeSpan.FromHours(2));
        database.Execute("SELECT @p AS v", [new ReportParameter("p", now, IsWallClock: true)], Databases.Limit, CancellationToken.None)
            .Dispose();
        Assert.Equal("@p datetime2(7)", responder.Statements.Last().Types);
    }

    [Fact]
    public void A_missing_table_is_told_in_the_servers_words()
    {
        using var database = Databases.Open(ReportProvider.SqlServer, responder.Text());
        var problem = Assert.Throws<ReportException>(() => database.Row("SELECT * FROM nothing"));
        Assert.Equal(("QueryFailed", (object)"SELECT * FROM nothing"), (problem.ErrorId, problem.ErrorTarget));
        Assert.Contains("Invalid object name 'nothing'.", problem.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("test", "wrong", "LoginRefused", "wrong")]
    [InlineData("nowhere", "sa", "DatabaseMissing", "nowhere")]
    public void A_refused_login_says_why(string database, string user, string id, string target)
    {
        var problem = Assert.Throws<ReportException>(() => Databases.Open(ReportProvider.SqlServer, responder.Text(database, user)));
        Assert.Equal((id, (object)target), (problem.ErrorId, problem.ErrorTarget));
        Assert.DoesNotContain("hunter2", problem.ToString(), StringComparison.Ordinal);
    }

    // TDS 8 begins with TLS, so a TLS server with the wrong certificate is all that the client gets to see
    [Fact]
    public async Task A_certificate_that_nobody_vouches_for_is_refused()
    {
        using var authority = new TestAuthority();
        using var certificate = authority.Issue("127.0.0.1");
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        using var end = new CancellationTokenSource();
        var serving = Serve(listener, certificate, end.Token);
        var text = $"mssql://sa:hunter2@127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/test?encrypt=strict";
        var problem = Assert.Throws<ReportException>(() =>
            ReportDatabase.Open(Databases.Connection(null, text), new PlainSecrets(), retry: 0, TimeSpan.FromSeconds(10),
                CancellationToken.None));
        Assert.Equal(("CertificateNotTrusted", ReportErrorCategory.AuthenticationError), (problem.ErrorId, problem.Category));
        Assert.Contains("is not trusted by this computer", problem.Message, StringComparison.Ordinal);
        Assert.All(["TrustServerCertificate", "HostNameInCertificate", "ServerCertificate"],
            word => Assert.Contains(word, problem.Message, StringComparison.Ordinal));
        Assert.DoesNotContain("hunter2", problem.ToString(), StringComparison.Ordinal);
        await end.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => serving);
    }

    [Fact]
    public void Stopping_sends_attention_to_the_server()
    {
        using var database = Databases.Open(ReportProvider.SqlServer, responder.Text());
        using var stop = new CancellationTokenSource(TimeSpan.FromMilliseconds(500));
        var watch = Stopwatch.StartNew();
        Assert.ThrowsAny<OperationCanceledException>(() => database.Execute("SELECT slow", [], TimeSpan.FromMinutes(5), stop.Token));
        Assert.True(watch.Elapsed < Databases.Limit, $"{watch.Elapsed}");
        Assert.True(SpinWait.SpinUntil(() => responder.Cancelled == 1, Databases.Limit));
    }

    [Fact]
    public void The_batches_of_a_script_run_on_one_session_each_with_its_parameters()
    {
        using var scripted = new TdsResponder(Table.ToDictionary(row => row.Key, row => row.Value.Wire), new Dictionary<string, TdsResult[]>
        {
            ["USE [shop]"] = [],
            ["INSERT INTO #t VALUES (1)"] = [],
            ["SELECT a FROM #t WHERE d >= @since"] = [new(("a", [TdsValue.Int(1), TdsValue.Int(2)]))],
            ["EXEC dbo.P @from = @since, @n = 1"] = [new(("b", [TdsValue.NVarChar("x")]))],
        });
        using var database = Databases.Open(ReportProvider.SqlServer, scripted.Text());
        const string Script = "USE [shop]\r\nGO\r\nINSERT INTO #t VALUES (1)\r\ngo 3 -- three times\r\nSELECT a FROM #t WHERE d >= "
            + "@since\r\nGO /* and */\r\nEXEC dbo.P @from = @since, @n = 1\r\nGO\r\n";
        using (var reader =
            database.Execute(Script, [new ReportParameter("since", new DateOnly(2026, 1, 1))], Databases.Limit, CancellationToken.None))
        {
            Assert.True(reader.Read() && reader.Read() && !reader.Read());
            Assert.True(reader.NextResult());
            Assert.Equal("b", reader.GetName(0));
            Assert.True(reader.Read());
            Assert.Equal("x", reader.GetValue(0));
            Assert.False(reader.Read());
            Assert.False(reader.NextResult());
        }

        Assert.Equal(
            [
                ("USE [shop]", ""), ("INSERT INTO #t VALUES (1)", ""), ("INSERT INTO #t VALUES (1)", ""), ("INSERT INTO #t VALUES (1)", ""),
                ("SELECT a FROM #t WHERE d >= @since", "@since date"), ("EXEC dbo.P @from = @since, @n = 1", "@since date"),
            ],
            scripted.Statements.Select(statement => (statement.Sql.Trim(), statement.Types)));
    }

    [Theory]
    [InlineData("JSON_F52E2B61-18A1-11d1-B105-00805F49916B", "json")]
    [InlineData("XML_F52E2B61-18A1-11d1-B105-00805F49916B", "xml")]
    public void A_document_that_comes_in_pieces_is_one_value(string column, string type)
    {
        var pieces = new[] { new string('a', 2033), new string('b', 2033), "c" };
        using var scripted = new TdsResponder(new Dictionary<string, TdsValue>(), new Dictionary<string, TdsResult[]>
        {
            ["SELECT 1"] = [new((column, [.. pieces.Select(TdsValue.NVarChar)]))],
            ["SELECT 2"] = [new((column, [TdsValue.NVarChar("")])) { Rows = 0 }],
            ["SELECT 3"] = [new(("JSON", [.. pieces.Select(TdsValue.NVarChar)]))],
        });
        using var database = Databases.Open(ReportProvider.SqlServer, scripted.Text());
        using (var reader = database.Execute("SELECT 1", [], Databases.Limit, CancellationToken.None))
        {
            Assert.Equal((column, type, typeof(string)), (reader.GetName(0), reader.GetDataTypeName(0), reader.GetFieldType(0)));
            Assert.True(reader.Read());
            Assert.Equal((string.Concat(pieces), string.Concat(pieces), false),
                (reader.GetString(0), reader.GetValue(0), reader.IsDBNull(0)));
            Assert.False(reader.Read());
        }

        using (var reader = database.Execute("SELECT 2", [], Databases.Limit, CancellationToken.None))
        {
            Assert.False(reader.Read());
        }

        using (var reader = database.Execute("SELECT 3", [], Databases.Limit, CancellationToken.None))
        {
            Assert.True(reader.Read() && reader.Read() && reader.Read() && !reader.Read());
        }
    }

    [Fact]
    public void A_list_is_a_parameter_for_each_of_its_values()
    {
        using var database = Databases.Open(ReportProvider.SqlServer, responder.Text());
        Assert.Throws<ReportException>(() =>
            database.Row("SELECT x WHERE a IN (@id) AND b IN @id AND c = @id2 AND d NOT IN (0, @id)", ("id", new[] { 7, 8 }), ("id2", 9)));
        Assert.Equal(
            ("SELECT x WHERE a IN (@id_1, @id_2) AND b IN (@id_1, @id_2) AND c = @id2 AND d NOT IN (0, @id_1, @id_2)",
                "@id_1 int,@id_2 int,@id2 int"),
            responder.Statements.Last());
    }

    private static async Task Serve(TcpListener listener, X509Certificate2 certificate, CancellationToken end)
    {
        while (true)
        {
            using var client = await listener.AcceptTcpClientAsync(end);
            await using var secure = new SslStream(client.GetStream());
            try
            {
                await secure.AuthenticateAsServerAsync(
                    new SslServerAuthenticationOptions { ServerCertificate = certificate, ApplicationProtocols = [new("tds/8.0")] }, end);
                _ = await secure.ReadAtLeastAsync(new byte[1], 1, throwOnEndOfStream: false, end);
            }
            catch (Exception refused) when (refused is IOException or AuthenticationException)
            {
                // the probe of the port, then the client that does not trust us
            }
        }
    }
}
