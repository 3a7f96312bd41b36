using System.Text;
using System.Text.Json;
using Dapper;
using Microsoft.Data.Sqlite;
using MimeKit;
using ReportScheduler.Changes;
using ReportScheduler.Definitions;
using ReportScheduler.Runs;

namespace ReportScheduler.Tests.Splits;

/// <summary>Split reports of what is other than before, with data that changes between their runs.</summary>
public sealed class SplitChangesTests : IDisposable
{
    private const string Start = "('ada@x.org', 1, 'a'), ('ada@x.org', 2, 'b'), ('bob@x.org', 3, 'c'), ('cyd@x.org', 4, 'd')";

    private readonly SplitFixture fixture = new();

    public SplitChangesTests()
    {
        fixture.Store.Connections.Put(new ReportConnection { Name = "data", Provider = ReportProvider.Sqlite, ConnectionString = Source },
            PutMode.Add);
        Sql("create table t (reader, id, name)");
    }

    private string Source => $"Data Source={Path.Combine(fixture.Folder, "parts.db")}";

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        fixture.Dispose();
    }

    [Fact]
    public void The_first_run_sends_every_part_and_says_so()
    {
        AddTask();
        var run = Run(Start);
        Assert.Equal((RunOutcome.Succeeded, "this is the first result, and later ones are compared with it"), (run.Outcome, run.Changes));
        Assert.Equal(["ada@x.org", "bob@x.org", "cyd@x.org"], Got());
        Assert.Equal("'Changed' is true for 3 of 3 parts", run.Condition);
        Assert.Equal(RunOutcome.NotNeeded, Run(Start).Outcome);
        Assert.Empty(Got());
    }

    [Theory]
    // what is in the table by then; who gets a mail; what the run found
    [InlineData("('cyd@x.org', 4, 'd'), ('bob@x.org', 3, 'c'), ('ada@x.org', 2, 'b'), ('ada@x.org', 1, 'a')", "",
        "of 3 parts 0 have changes: 0 rows added, 0 removed and 0 changed")]
    [InlineData("('ada@x.org', 1, 'a'), ('ada@x.org', 2, 'b'), ('bob@x.org', 3, 'C'), ('cyd@x.org', 4, 'd')", "bob@x.org",
        "of 3 parts 1 has changes: 0 rows added, 0 removed and 1 changed")]
    // a row that goes over to another reader
    [InlineData("('ada@x.org', 1, 'a'), ('bob@x.org', 2, 'b'), ('bob@x.org', 3, 'c'), ('cyd@x.org', 4, 'd')", "ada@x.org bob@x.org",
        "of 3 parts 2 have changes: 1 row added, 1 removed and 0 changed")]
    // the last row of a reader
    [InlineData("('ada@x.org', 1, 'a'), ('ada@x.org', 2, 'b'), ('bob@x.org', 3, 'c'), ('bob@x.org', 4, 'd')", "bob@x.org cyd@x.org",
        "of 3 parts 2 have changes: 1 row added, 1 removed and 0 changed")]
    // a reader who is new
    [InlineData(Start + ", ('eve@x.org', 5, 'e')", "eve@x.org", "of 4 parts 1 has changes: 1 row added, 0 removed and 0 changed")]
    [InlineData("", "ada@x.org bob@x.org cyd@x.org", "of 3 parts 3 have changes: 0 rows added, 4 removed and 0 changed")]
    public void A_part_is_sent_when_it_has_changes(string rows, string readers, string words)
    {
        AddTask();
        Run(Start);
        Got();
        var run = Run(rows);
        Assert.Equal(readers, string.Join(' ', Got()));
        Assert.StartsWith(words + " since 2026-03-02", run.Changes, StringComparison.Ordinal);
        Assert.Equal(readers.Length == 0 ? RunOutcome.NotNeeded : RunOutcome.Succeeded, run.Outcome);
        Got();
        // and the next one is compared with this one
        Assert.Equal((RunOutcome.NotNeeded, ""), (Run(rows).Outcome, string.Join(' ', Got())));
    }

    [Fact]
    public void Hidden_columns_and_a_hidden_column_of_the_split_are_in_no_list_of_changes()
    {
        AddTask(task =>
        {
            task.Datasets[0].AddColumn("reader").Hidden = true;
            task.Datasets[0].AddColumn("name").Hidden = true;
        });
        Run(Start);
        Got();
        Run("('ada@x.org', 1, 'A'), ('bob@x.org', 2, 'b'), ('bob@x.org', 3, 'c'), ('bob@x.org', 4, 'd')");
        var mails = Mails();
        Assert.Equal("""[{"id":2}]""", Text(mails["ada@x.org"], "Removed"));
        Assert.Equal("""[{"id":2},{"id":4}]""", Text(mails["bob@x.org"], "Added"));
        Assert.Contains("0 rows added, 1 removed and 0 changed since", mails["ada@x.org"].TextBody, StringComparison.Ordinal);
    }

    [Fact]
    public void A_row_that_goes_over_is_removed_in_one_part_and_added_in_the_other()
    {
        AddTask();
        Run(Start);
        Got();
        Run("('ada@x.org', 1, 'A'), ('bob@x.org', 2, 'b'), ('bob@x.org', 3, 'c'), ('bob@x.org', 4, 'd')");
        var mails = Mails();
        Assert.Equal("""[{"reader":"ada@x.org","id":2,"name":"b"}]""", Text(mails["ada@x.org"], "Removed"));
        Assert.Equal("""[{"id":1,"column":"name","before":"a","now":"A"}]""", Text(mails["ada@x.org"], "Changed"));
        Assert.Equal("""[{"reader":"bob@x.org","id":2,"name":"b"},{"reader":"bob@x.org","id":4,"name":"d"}]""",
            Text(mails["bob@x.org"], "Added"));
        Assert.Equal("""[{"reader":"cyd@x.org","id":4,"name":"d"}]""", Text(mails["cyd@x.org"], "Removed"));
        Assert.Equal("[]", Text(mails["cyd@x.org"], "Sales"));
        Assert.Contains("0 rows added, 1 removed and 1 changed since", mails["ada@x.org"].TextBody, StringComparison.Ordinal);
        Assert.Contains("2 rows added, 0 removed and 0 changed since", mails["bob@x.org"].TextBody, StringComparison.Ordinal);
    }

    [Fact]
    public void A_part_that_nobody_got_is_compared_with_what_its_reader_got_last()
    {
        AddTask();
        Run(Start);
        Got();
        const string other = "('ada@x.org', 1, 'A'), ('ada@x.org', 2, 'b'), ('bob@x.org', 3, 'C'), ('cyd@x.org', 4, 'd')";
        fixture.Smtp.Answer = command => command.Contains("bob@x.org", StringComparison.Ordinal) ? "550 5.1.1 unknown" : null;
        Assert.Equal(RunOutcome.PartiallyDelivered, Run(other).Outcome);
        Assert.Equal(["ada@x.org"], Got());
        // ada has it; bob has not, and what he gets is what is other than what he has
        fixture.Smtp.Answer = _ => null;
        var run = Run(other.Replace("'d'", "'D'", StringComparison.Ordinal));
        var mails = Mails();
        Assert.Equal(["bob@x.org", "cyd@x.org"], mails.Keys.Order(StringComparer.Ordinal));
        Assert.Equal("""[{"id":3,"column":"name","before":"c","now":"C"}]""", Text(mails["bob@x.org"], "Changed"));
        Assert.Equal(RunOutcome.Succeeded, run.Outcome);
        Assert.Equal(RunOutcome.NotNeeded, Run(other.Replace("'d'", "'D'", StringComparison.Ordinal)).Outcome);
    }

    [Fact]
    public void A_part_that_is_sent_again_alone_counts_from_then_on()
    {
        AddTask();
        Run(Start);
        const string other = "('ada@x.org', 1, 'A'), ('ada@x.org', 2, 'b'), ('bob@x.org', 3, 'C'), ('cyd@x.org', 4, 'd')";
        fixture.Smtp.Answer = command => command.Contains("bob@x.org", StringComparison.Ordinal) ? "550 5.1.1 unknown" : null;
        var run = Run(other);
        fixture.Smtp.Answer = _ => null;
        Assert.Equal(RunOutcome.Succeeded, fixture.SendAgain(run, delivery => delivery.Key == "bob@x.org").Outcome);
        Assert.Equal(RunOutcome.NotNeeded, Run(other).Outcome);
    }

    [Fact]
    public void A_part_that_is_sent_late_counts_although_others_ran_meanwhile()
    {
        AddTask();
        Run(Start);
        const string other = "('ada@x.org', 1, 'A'), ('ada@x.org', 2, 'b'), ('bob@x.org', 3, 'C'), ('cyd@x.org', 4, 'd')";
        fixture.Smtp.Answer = command => command.Contains("bob@x.org", StringComparison.Ordinal) ? "550 5.1.1 unknown" : null;
        var refused = Run(other);
        Run(other);
        fixture.Smtp.Answer = _ => null;
        Assert.Equal(RunOutcome.Succeeded, fixture.SendAgain(refused, delivery => delivery.Key == "bob@x.org").Outcome);
        Assert.Equal(RunOutcome.NotNeeded, Run(other).Outcome);
        Assert.Equal(RunOutcome.Succeeded, Run(Start).Outcome);
    }

    [Theory]
    // how the part of bob is made alone; and who gets a mail when all are made next
    [InlineData(false, false, "ada@x.org")]
    [InlineData(true, false, "ada@x.org bob@x.org")]
    [InlineData(false, true, "ada@x.org bob@x.org")]
    public void A_part_that_was_made_alone_counts_for_its_reader_and_the_others_have_what_they_had(bool isRedirected, bool isKept,
        string readers)
    {
        AddTask();
        Run(Start);
        const string other = "('ada@x.org', 1, 'A'), ('ada@x.org', 2, 'b'), ('bob@x.org', 3, 'C'), ('cyd@x.org', 4, 'd')";
        Got();
        var alone = Run(other, options: RunOptions.None with { Keys = ["bob@x.org"], IsWanted = key => key == "bob@x.org",
            RedirectTo = isRedirected ? "me@x.org" : null, NoDelivery = isKept });
        Assert.Equal(
            (RunOutcome.Succeeded, isKept ? "" : isRedirected ? "me@x.org" : "bob@x.org"), (alone.Outcome, string.Join(' ', Got())));
        Run(other);
        Assert.Equal(readers, string.Join(' ', Got()));
        Assert.Equal(RunOutcome.NotNeeded, Run(other).Outcome);
    }

    [Fact]
    public void A_part_that_is_gone_is_made_alone_too_and_a_key_that_nothing_has_is_named()
    {
        AddTask();
        Run(Start);
        Got();
        const string other = "('ada@x.org', 1, 'a'), ('ada@x.org', 2, 'b'), ('bob@x.org', 3, 'c')";
        string[] keys = ["cyd@x.org", "bop@x.org"];
        var parts = new SplitPreview(fixture.Store).Parts(fixture.Store.FindTask("Sales")!, DateTimeOffset.UnixEpoch, RunOptions.None,
            _ => { }, CancellationToken.None);
        Assert.Equal(3, parts.Count);
        var run = Run(other, options: RunOptions.None with { Keys = keys, IsWanted = keys.Contains });
        Assert.Equal(["cyd@x.org"], Got());
        Assert.Equal("There is no part 'bop@x.org' this time, which -Key names. Did you mean 'bob@x.org'? There are the parts "
            + "'ada@x.org' and 'bob@x.org'.", Assert.Single(run.Warnings));
        parts = new SplitPreview(fixture.Store).Parts(fixture.Store.FindTask("Sales")!, DateTimeOffset.UnixEpoch, RunOptions.None, _ => { },
            CancellationToken.None);
        Assert.Equal(["ada@x.org 2", "bob@x.org 1"], parts.Select(part => $"{part.Key} {part.Rows}"));
        Assert.Equal(RunOutcome.NotNeeded, Run(other).Outcome);
    }

    [Fact]
    public void The_preview_lists_the_readers_who_will_hear_that_their_rows_are_gone()
    {
        AddTask();
        Run(Start);
        Sql("delete from t where id = 3");
        var parts = new SplitPreview(fixture.Store).Parts(fixture.Store.FindTask("Sales")!, DateTimeOffset.UnixEpoch, RunOptions.None,
            _ => { }, CancellationToken.None);
        Assert.Equal(["ada@x.org 2", "cyd@x.org 1", "bob@x.org 0"], parts.Select(part => $"{part.Key} {part.Rows}"));
    }

    [Fact]
    public void A_part_that_was_not_to_be_sent_is_compared_with_what_was_before()
    {
        AddTask(task => task.SendWhen = nameof(SendWhen.NewRows));
        Run(Start);
        Got();
        // bob's row is another one and ada has a new one: bob is told when he has a new one, too
        Run("('ada@x.org', 1, 'a'), ('ada@x.org', 9, 'z'), ('bob@x.org', 3, 'C'), ('cyd@x.org', 4, 'd')");
        Assert.Equal(["ada@x.org"], Got());
        Run("('ada@x.org', 1, 'a'), ('ada@x.org', 9, 'z'), ('bob@x.org', 3, 'C'), ('bob@x.org', 8, 'y'), ('cyd@x.org', 4, 'd')");
        var mail = Assert.Single(Mails());
        Assert.Equal("bob@x.org", mail.Key);
        Assert.Equal("""[{"id":3,"column":"name","before":"c","now":"C"}]""", Text(mail.Value, "Changed"));
    }

    [Fact]
    public void Without_a_condition_every_part_is_sent_and_shows_what_is_other()
    {
        AddTask(task => (task.SendWhen, task.Also) = (nameof(SendWhen.Always), ["chief@x.org"]));
        Run(Start);
        Got();
        Run(Start.Replace("'c'", "'C'", StringComparison.Ordinal));
        var mails = Mails();
        Assert.Equal(["ada@x.org", "bob@x.org", "chief@x.org", "cyd@x.org"], mails.Keys.Order(StringComparer.Ordinal));
        Assert.Contains("Of 3 parts 1 has", mails["chief@x.org"].TextBody, StringComparison.Ordinal);
        Assert.Equal("""[{"id":3,"column":"name","before":"c","now":"C"}]""", Text(mails["bob@x.org"], "Changed"));
    }

    [Fact]
    public void Another_column_to_split_by_and_other_columns_begin_anew()
    {
        var task = AddTask();
        Run(Start);
        Got();
        task = fixture.Store.FindTask(task.Name)!;
        (task.SplitBy, task.To) = ("name", ["all@x.org"]);
        TaskDefinition.Save(fixture.Store, task, PutMode.Update, reschedule: false, TimeProvider.System);
        Assert.StartsWith("this is the first result", Run(Start).Changes, StringComparison.Ordinal);
        task = fixture.Store.FindTask(task.Name)!;
        task.Query = "select reader, id, name, 1 as more from t";
        TaskDefinition.Save(fixture.Store, task, PutMode.Update, reschedule: false, TimeProvider.System);
        Assert.Equal(4, Run(Start).Deliveries.Length);
    }

    [Theory]
    [InlineData("('ada@x.org', 1, 'a'), ('ada@x.org', 1, 'b')", nameof(ChangeErrors.KeyRepeated))]
    [InlineData("('ada@x.org', null, 'a')", nameof(ChangeErrors.KeyMissing))]
    public void Nothing_is_sent_when_a_part_has_no_key(string rows, string id)
    {
        AddTask();
        var run = Run("('aaa@x.org', 1, 'a'), " + rows);
        Assert.Equal((RunOutcome.Failed, id), (run.Outcome, run.ErrorId));
        Assert.Empty(fixture.Smtp.Messages);
    }

    [Fact]
    public void Two_parts_may_have_rows_of_one_key() =>
        Assert.Equal(2, Run("('ada@x.org', 1, 'a'), ('bob@x.org', 1, 'b')", AddTask()).Deliveries.Length);

    [Fact]
    public void Reminders_are_about_the_report_as_a_whole() =>
        Assert.Equal(nameof(DefinitionErrors.SplitNotCompared),
            Assert.Throws<ReportException>(() => AddTask(task => task.OnRecovered = true)).ErrorId);

    private static string Text(MimeMessage mail, string dataset)
    {
        using var content = new MemoryStream();
        mail.Attachments.OfType<MimePart>().First().Content!.DecodeTo(content);
        using var json = JsonDocument.Parse(Encoding.UTF8.GetString(content.ToArray()));
        return JsonSerializer.Serialize(json.RootElement.GetProperty(dataset));
    }

    /// <summary>Who got mail since this was asked last.</summary>
    private string[] Got() => [.. Mails().Keys.Order(StringComparer.Ordinal)];

    private Dictionary<string, MimeMessage> Mails()
    {
        var mails = fixture.Smtp.Messages.ToDictionary(mail => Assert.Single(mail.To), mail => mail.Message);
        fixture.Smtp.Messages.Clear();
        return mails;
    }

    private ReportTask AddTask(Action<ReportTask>? change = null) => fixture.Add(task =>
    {
        (task.Connection, task.Query, task.KeyColumn, task.Format) =
            ("data", "select reader, id, name from t", ["id"], [ReportFormat.Json]);
        task.SendWhen = nameof(SendWhen.Changed);
        change?.Invoke(task);
    });

    private ReportRun Run(string rows, ReportTask? task = null, RunOptions? options = null)
    {
        Sql(rows.Length == 0 ? "delete from t" : $"delete from t; insert into t values {rows}");
        return fixture.Run(fixture.Store.FindTask((task ?? fixture.Store.FindTask("Sales"))!.Name)!, options);
    }

    private void Sql(string text)
    {
        using var database = new SqliteConnection(Source);
        database.Execute(text);
    }
}
