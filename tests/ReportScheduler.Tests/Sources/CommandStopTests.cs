using System.Data;
using System.Data.Common;
using Microsoft.Data.Sqlite;
using ReportScheduler.Sources;
using ReportScheduler.Sources.Providers;
using ReportScheduler.Sources.Sql;

namespace ReportScheduler.Tests.Sources;

public sealed class CommandStopTests
{
    [Fact]
    public void Whatever_a_client_throws_when_it_cancels_ends_no_process()
    {
        var provider = new CancellingProvider(() => throw new NotSupportedException());
        using var stop = new CommandStop(provider, CancellationToken.None);
        using var command = new SqliteCommand();
        stop.Watch(command);
        stop.Now();
        Assert.Equal(1, provider.Times);
    }

    [Fact]
    public async Task A_client_that_is_asking_the_server_is_waited_for_before_its_connection_is_closed()
    {
        using var asked = new ManualResetEventSlim();
        using var answered = new ManualResetEventSlim();
        var stop = new CommandStop(new CancellingProvider(() =>
        {
            asked.Set();
            answered.Wait();
        }), CancellationToken.None);
        using var command = new SqliteCommand();
        stop.Watch(command);
        var cancelling = Task.Run(stop.Now, TestContext.Current.CancellationToken);
        asked.Wait(TestContext.Current.CancellationToken);
        var disposing = Task.Run(stop.Dispose, TestContext.Current.CancellationToken);
        Assert.False(disposing.IsCompleted);
        answered.Set();
        await Task.WhenAll(cancelling, disposing);
    }

    private sealed class CancellingProvider(Action cancel) : DatabaseProvider
    {
        public int Times { get; private set; }

        public override string Name => "Cancelling";

        public override SqlLexer Lexer => throw new NotSupportedException();

        protected override DbProviderFactory Client => SqliteFactory.Instance;

        public override (string Server, string? Database) Describe(DbConnectionStringBuilder settings) => ("", null);

        public override void Cancel(IDbCommand command)
        {
            Times++;
            cancel();
        }
    }
}
