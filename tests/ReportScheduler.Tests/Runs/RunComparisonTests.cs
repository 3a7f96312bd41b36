using System.Globalization;
using System.Text.Json;
using Dapper;
using Microsoft.Data.Sqlite;
using ReportScheduler.Changes;
using ReportScheduler.Definitions;
using ReportScheduler.Runs;
using ReportScheduler.Tests.Exports;
using ReportScheduler.Tests.Exports.Excel;

namespace ReportScheduler.Tests.Runs;

/// <summary>Reports of what is other than before, with data that changes between their runs.</summary>
public sealed class RunComparisonTests : IDisposable
{
    private const string Three = "(1, 'a', 1.5), (2, 'b', 2), (3, 'c', null)";

    private readonly RunFixture fixture = new();

    public RunComparisonTests()
    {
        fixture.AddConnection("db", ReportProvider.Sqlite, Source);
        Sql("create table t (id, name, amount)");
    }

    private string Source => $"Data Source={Path.Combine(fixture.Folder, "data.db")}";

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        fixture.Dispose();
    }

    [Theory]
    // what is in the table by then; what Changed and NewRows do; and what is found
    [InlineData(Three, false, false, "0 rows added, 0 removed and 0 changed")]
    // order does not matter
    [InlineData("(3, 'c', null), (1, 'a', 1.5), (2, 'b', 2)", false, false, "0 rows added, 0 removed and 0 changed")]
    [InlineData("(3, 'c', null), (1, 'a', 1.5), (2, 'b', 2), (4, 'd', 4)", true, true, "1 row added, 0 removed and 0 changed")]
    [InlineData("(1, 'a', 1.5), (2, 'b', 2)", true, false, "0 rows added, 1 removed and 0 changed")]
    [InlineData("(1, 'A', 1.5), (2, 'b', 2), (3, 'c', 3)", true, false, "0 rows added, 0 removed and 2 changed")]
    [InlineData("(5, 'e', 5)", true, true, "1 row added, 3 removed and 0 changed")]
    public void It_is_delivered_when_a_row_is_new_gone_or_another(string rows, bool isChanged, bool hasNewRows, string words)
    {
        foreach (var (when, isSent) in new[] { (nameof(SendWhen.Changed), isChanged), (nameof(SendWhen.NewRows), hasNewRows) })
        {
            AddTask(when, task => task.SendWhen = when);
            Put(Three);
            var first = Run(when);
            Assert.Equal((RunOutcome.Succeeded, "this is the first result, and later ones are compared with it"),
                (first.Outcome, first.Changes));
            Put(rows);
            var run = Run(when);
            Assert.Equal((when, isSent ? RunOutcome.Succeeded : RunOutcome.NotNeeded), (when, run.Outcome));
            Assert.StartsWith(words + " since 2026-03-02", run.Changes, StringComparison.Ordinal);
        }
    }

    [Theory]
    // an untyped column of SQLite has numbers of several kinds
    [InlineData("1", "1.0", true)]
    [InlineData("1.0", "1", true)]
    [InlineData("0", "-0.0", true)]
    [InlineData("100000", "1e5", true)]
    [InlineData("9007199254740992", "9007199254740992.0", true)]
    [InlineData("1", "1.5", false)]
    [InlineData("9007199254740993", "9007199254740992.0", false)]
    // a text that is written like the number is the number
    [InlineData("1", "'1'", true)]
    [InlineData("'-2.5'", "-2.5", true)]
    [InlineData("'1234567890123456789'", "1234567890123456789", true)]
    [InlineData("1", "'01'", false)]
    [InlineData("1", "'1.0'", false)]
    [InlineData("1", "' 1'", false)]
    [InlineData("1", "'+1'", false)]
    [InlineData("1000", "'1,000'", false)]
    [InlineData("'1'", "'1.0'", false)]
    [InlineData("0", "'-0'", false)]
    [InlineData("'0001'", "'1'", false)]
    [InlineData("1e308", "1e308", true)]
    public void Numbers_are_compared_by_what_they_are(string before, string now, bool areSame)
    {
        // as a value, and as the key
        AddTask("t", task => (task.Query, task.KeyColumn) = ($"select id, name, amount from t", ["id", "amount"]));
        AddTask("u", _ => { });
        Put($"(1, 'a', {before})");
        Run("t");
        Run("u");
        Put($"(1.0, 'a', {now})");
        Assert.StartsWith(areSame ? "0 rows added, 0 removed and 0 changed" : "1 row added, 1 removed and 0 changed", Run("t").Changes,
            StringComparison.Ordinal);
        Assert.StartsWith($"0 rows added, 0 removed and {(areSame ? 0 : 1)} changed", Run("u").Changes, StringComparison.Ordinal);
    }

    [Theory]
    // what was given; whether it is another question than the task's
    [InlineData(9, true)]
    [InlineData(5, false)]
    [InlineData(5L, false)]
    // as SQLite takes it, each number is before a text
    [InlineData("5", true)]
    public void A_run_with_other_parameters_is_nothing_to_compare_with(object least, bool isOther)
    {
        AddTask("t", task => (task.Query, task.Parameters, task.KeyFigure) = ("select id, name, amount from t where id < @least",
            new System.Collections.Specialized.OrderedDictionary { ["least"] = 5 },
            new System.Collections.Specialized.OrderedDictionary { ["Rows"] = "count() vs last run" }));
        Put("(1, 'a', 1), (2, 'b', 2)");
        Run("t");
        Put("(1, 'a', 1), (2, 'b', 2), (7, 'g', 7)");
        using (var worker = fixture.Worker())
        {
            var given = new System.Collections.Specialized.OrderedDictionary(StringComparer.OrdinalIgnoreCase) { ["LEAST"] = least };
            var run = worker.RunNow(fixture.Store.FindTask("t")!, RunTrigger.Manual, fixture.Clock.GetUtcNow(),
                new RunOptions { Parameters = given }, _ => { }, CancellationToken.None);
            Assert.Equal(RunOutcome.Succeeded, run.Outcome);
            Assert.StartsWith(isOther ? "not compared with the last result" : "0 rows added", run.Changes, StringComparison.Ordinal);
            Assert.Equal(isOther ? 1 : 0, run.Rows - 2);
        }

        var next = Run("t");
        Assert.StartsWith("0 rows added, 0 removed and 0 changed", next.Changes, StringComparison.Ordinal);
        Assert.Equal(0m, next.Figures!["Rows"]);
    }

    [Fact]
    public void What_is_other_comes_as_datasets_with_the_values_before_and_now()
    {
        AddTask("t", task => task.SendWhen = nameof(SendWhen.Changed));
        Put(Three);
        Assert.Equal(["t"], Json(Run("t")).EnumerateObject().Select(dataset => dataset.Name));
        Put("(4, 'd', 4), (2, 'B', null), (1, 'a', 1.5)");
        var run = Run("t");
        var json = Json(run);
        Assert.Equal(3, run.Rows);
        Assert.Equal("""[{"id":4,"name":"d","amount":4}]""", Text(json, "Added"));
        Assert.Equal("""[{"id":3,"name":"c","amount":null}]""", Text(json, "Removed"));
        Assert.Equal("""[{"id":2,"column":"name","before":"b","now":"B"},{"id":2,"column":"amount","before":2,"now":null}]""",
            Text(json, "Changed"));
        Assert.Contains(fixture.Mails,
            mail => File.ReadAllText(mail).Contains("1 row added, 1 removed and 1 changed since", StringComparison.Ordinal));
    }

    [Theory]
    // what is hidden; how many rows changed to a reader; and what the list of changed cells says
    [InlineData("name", 1, """[{"id":2,"column":"amount","before":2,"now":3}]""")]
    [InlineData("NAME AMOUNT", 0, null)]
    // where each shown column changed, the row has the name of today
    [InlineData("id", 1, """
        [{"name":"secret22","amount":3,"column":"name","before":"secret2","now":"secret22"},
        {"name":"secret22","amount":3,"column":"amount","before":2,"now":3}]
        """)]
    public void A_hidden_column_is_in_no_list_of_changes(string hidden, int rows, string? changed)
    {
        var names = hidden.Split(' ');
        AddTask("t", task =>
        {
            (task.SendWhen, task.Format) = (nameof(SendWhen.Changed), [ReportFormat.Json, ReportFormat.Csv, ReportFormat.Html,
                ReportFormat.Excel]);
            Array.ForEach(names, name => task.Datasets[0].AddColumn(name).Hidden = true);
        });
        Put("(71001, 'secret1', 1), (2, 'secret2', 2), (3, 'secret3', 3)");
        Run("t");
        Put("(2, 'secret22', 3), (3, 'secret33', 3), (71004, 'secret4', 4)".Replace("secret33", hidden == "id" ? "secret3" : "secret33",
            StringComparison.Ordinal));
        var run = Run("t");
        Assert.StartsWith($"1 row added, 1 removed and {rows} changed", run.Changes, StringComparison.Ordinal);
        var json = Json(run);
        Assert.Equal(changed?.ReplaceLineEndings(""), json.TryGetProperty("Changed", out _) ? Text(json, "Changed") : null);
        var value = hidden == "id" ? "7100" : "secret";
        Assert.Contains(run.Files, file => file.EndsWith("Added.csv", StringComparison.Ordinal));
        foreach (var file in run.Files.Where(file => !file.EndsWith(".xlsx", StringComparison.Ordinal)).Concat(fixture.Mails))
        {
            Assert.DoesNotContain(value, File.ReadAllText(file), StringComparison.Ordinal);
        }

        using var book = System.IO.Compression.ZipFile.OpenRead(
            run.Files.Single(file => file.EndsWith(".xlsx", StringComparison.Ordinal)));
        foreach (var part in book.Entries)
        {
            using var text = new StreamReader(part.Open());
            Assert.DoesNotContain(value, text.ReadToEnd(), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("de-DE", "Hinzugefügt|Entfernt|Geändert", "id;Spalte;Vorher;Jetzt", "1;Is paid;1;0|1;Net amount;1234,5;2000,25", "Ja Nein",
        "1.234,50 2.000,25", "2 Zeilen hinzugefügt, 1 entfernt und 1 geändert seit ")]
    [InlineData("en-US", "Added|Removed|Changed", "id,column,before,now", "1,Is paid,1,0|1,Net amount,1234.5,2000.25", "Yes No",
        "1,234.50 2,000.25", "2 rows added, 1 removed and 1 changed since ")]
    public void Lists_of_changes_look_like_the_dataset_in_the_language_of_the_report(string culture, string titles, string headers,
        string data, string answers, string amounts, string sentence)
    {
        AddTask("t", task =>
        {
            (task.Culture, task.Format) = (culture, [ReportFormat.Json, ReportFormat.Csv, ReportFormat.Html, ReportFormat.Excel]);
            var amount = task.Datasets[0].AddColumn("amount");
            (amount.Header, amount.Format, amount.Total) = ("Net amount", "#,##0.00", ColumnTotal.Sum);
            (task.Datasets[0].AddColumn("name").Header, task.Datasets[0].AddColumn("name").Format) = ("Is paid", "yesno");
            amount.NullText = "nothing";
        });
        Put("(1, 1, 1234.5), (2, 0, 2), (3, 0, 777.5)");
        Run("t");
        Put("(1, 0, 2000.25), (2, 0, 2), (4, 1, 888.5), (5, 1, null)");
        var run = Run("t");
        var html = System.Net.WebUtility.HtmlDecode(File.ReadAllText(run.Files.Single(file =>
            file.EndsWith(".html", StringComparison.Ordinal))));
        foreach (var title in titles.Split('|'))
        {
            Assert.Contains($"<h2>{title}</h2>", html, StringComparison.Ordinal);
        }

        var added = html[html.IndexOf($"<h2>{titles.Split('|')[0]}", StringComparison.Ordinal)..];
        added = added[..added.IndexOf("</section>", StringComparison.Ordinal)];
        Assert.Contains("Is paid", added, StringComparison.Ordinal);
        Assert.Contains("Net amount", added, StringComparison.Ordinal);
        Assert.Contains(culture == "de-DE" ? "888,50" : "888.50", added, StringComparison.Ordinal);
        Assert.Contains("nothing", added, StringComparison.Ordinal);
        Assert.Contains($">{answers.Split(' ')[0]}<", added, StringComparison.Ordinal);
        Assert.DoesNotContain("<tfoot", added, StringComparison.Ordinal);
        var changed = html[html.IndexOf($"<h2>{titles.Split('|')[2]}", StringComparison.Ordinal)..];
        Assert.All(answers.Split(' ').Concat(amounts.Split(' ')).Append("Net amount"),
            value => Assert.Contains($">{value}<", changed, StringComparison.Ordinal));
        // programs find the headers of the other files, and values as they are
        Assert.Equal([headers, .. data.Split('|')],
            File.ReadAllLines(run.Files.Single(file => file.EndsWith("Changed.csv", StringComparison.Ordinal))));
        Assert.Equal("""[{"id":1,"column":"name","before":1,"now":0},{"id":1,"column":"amount","before":1234.5,"now":2000.25}]""",
            Text(Json(run), "Changed"));
        Assert.Contains(fixture.Mails.Select(mail => MimeKit.MimeMessage.Load(mail)),
            mail => mail.TextBody!.Contains(sentence, StringComparison.Ordinal)
                // beside the subject stand the rows of the report without those of the lists
                && mail.HtmlBody!.Contains(culture == "de-DE" ? "4 Zeilen" : "4 rows", StringComparison.Ordinal)
                && !mail.HtmlBody.Contains(culture == "de-DE" ? "9 Zeilen" : "9 rows", StringComparison.Ordinal));
        using var book = new ClosedXML.Excel.XLWorkbook(run.Files.Single(file => file.EndsWith(".xlsx", StringComparison.Ordinal)));
        Assert.Equal(["t", .. titles.Split('|')], book.Worksheets.Select(sheet => sheet.Name));
        var cell = book.Worksheet(2).Cell("C2");
        Assert.Equal((888.5, "#,##0.00", "Net amount"),
            (cell.GetDouble(), cell.Style.NumberFormat.Format, book.Worksheet(2).Cell("C1").GetString()));
    }

    [Fact]
    public void What_changes_in_hidden_columns_alone_sends_nothing_and_is_no_change_later()
    {
        AddTask("t", task =>
        {
            task.SendWhen = nameof(SendWhen.Changed);
            task.Datasets[0].AddColumn("name").Hidden = true;
        });
        Put(Three);
        Run("t");
        Put("(1, 'x', 1.5), (2, 'y', 2), (3, 'z', null)");
        var run = Run("t");
        Assert.Equal(RunOutcome.NotNeeded, run.Outcome);
        Assert.StartsWith("0 rows added, 0 removed and 0 changed", run.Changes, StringComparison.Ordinal);
        Put("(1, 'x', 1.5), (2, 'y', 2), (3, 'z', 3)");
        run = Run("t");
        Assert.Equal("""[{"id":3,"column":"amount","before":null,"now":3}]""", Text(Json(run), "Changed"));
        Assert.StartsWith("0 rows added, 0 removed and 1 changed", run.Changes, StringComparison.Ordinal);
    }

    [Theory]
    // the columns of the query beside the hidden key; and what names the row whose amount changed
    [InlineData("name, amount", """[{"name":"b","column":"amount","before":2,"now":3}]""")]
    [InlineData("amount, name", """[{"name":"b","column":"amount","before":2,"now":3}]""")]
    // texts before numbers, two at most
    [InlineData("7 as zone, name, amount, name || '!' as title, 'x' as other",
        """[{"name":"b","title":"b!","column":"amount","before":2,"now":3}]""")]
    // of a key the shown columns stay
    [InlineData("name as part, name, amount", """[{"part":"b","name":"b","column":"amount","before":2,"now":3}]""", "part")]
    [InlineData("amount", """[{"amount":3,"column":"amount","before":2,"now":3}]""")]
    public void Where_the_key_is_hidden_other_columns_name_the_row(string columns, string changed, params string[] further)
    {
        AddTask("t", task =>
        {
            (task.Query, task.KeyColumn) = ($"select id, {columns} from t", ["id", .. further]);
            task.Datasets[0].AddColumn("id").Hidden = true;
        });
        Put(Three);
        Run("t");
        Put("(1, 'a', 1.5), (2, 'b', 3), (3, 'c', null)");
        Assert.Equal(changed, Text(Json(Run("t")), "Changed"));
    }

    [Fact]
    public void Running_totals_and_shares_are_no_changes_of_their_own()
    {
        AddTask("t", task =>
        {
            task.SendWhen = nameof(SendWhen.Changed);
            var amount = task.Datasets[0].AddColumn("amount");
            (amount.RunningTotal, amount.ShareOf) = (true, "total");
        });
        Put("(1, 'a', 1), (2, 'b', 2), (3, 'c', 3), (4, 'd', 4)");
        Run("t");
        Put("(1, 'a', 11), (2, 'b', 2), (3, 'c', 3), (4, 'd', 4)");
        var run = Run("t");
        Assert.StartsWith("0 rows added, 0 removed and 1 changed", run.Changes, StringComparison.Ordinal);
        Assert.Equal("""[{"id":1,"column":"amount","before":1,"now":11}]""", Text(Json(run), "Changed"));
        Assert.Equal(RunOutcome.NotNeeded, Run("t").Outcome);
    }

    [Fact]
    public void A_change_that_the_format_does_not_show_stands_there_without_it()
    {
        AddTask("t", task =>
        {
            task.Format = [ReportFormat.Html];
            task.Datasets[0].AddColumn("amount").Format = "0.0";
        });
        Put("(1, 'a', 1.01)");
        Run("t");
        Put("(1, 'a', 1.02)");
        var html = File.ReadAllText(Run("t").Files.Single());
        Assert.Contains(">1.01<", html, StringComparison.Ordinal);
        Assert.Contains(">1.02<", html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1.1", "1.1001", "1.1", "1.1001")]
    [InlineData("0.1", "0.10000000000000002", "0.1", "0.10000000000000002")]
    [InlineData("x'00ff'", "x'00fe'", "00FF", "00FE")]
    [InlineData("null", "''", "", "&quot;&quot;")]
    public void A_change_that_no_digit_of_people_shows_stands_there_as_it_is(string before, string now, string shown, string other)
    {
        AddTask("t", task => task.Format = [ReportFormat.Html]);
        Put($"(1, 'a', {before})");
        Run("t");
        Put($"(1, 'a', {now})");
        var html = File.ReadAllText(Run("t").Files.Single());
        Assert.Contains($">{shown}</td>", html, StringComparison.Ordinal);
        Assert.Contains($">{other}</td>", html, StringComparison.Ordinal);
    }

    [Fact]
    public void Changed_cells_of_the_workbook_have_a_note_with_the_value_before()
    {
        AddTask("t", task => (task.Format, task.Culture) = ([ReportFormat.Excel], "de-DE"));
        Put(Three);
        Assert.Empty(Notes(Run("t")));
        Put("(4, 'd', 4), (2, 'B & <b>', null), (1, 'a', 1234.5), (3, null, 3)");
        Assert.Equal(["t!B3 Vorher: b", "t!C3 Vorher: 2", "t!C4 Vorher: 1,50", "t!B5 Vorher: c", "t!C5 Vorher: –"], Notes(Run("t")));
        // LibreOffice sees them too
        Put("(1, 'a', 1)");
        var run = Run("t");
        Assert.Contains("Vorher: 1.234,50", File.ReadAllText(LibreOffice.Convert(run.Files[0], "fods")), StringComparison.Ordinal);
    }

    [Fact]
    public void A_note_says_nothing_in_the_words_of_the_column()
    {
        AddTask("t", task =>
        {
            (task.Format, task.Culture) = ([ReportFormat.Excel], "de-DE");
            task.Datasets[0].AddColumn("amount").NullText = "k. A.";
        });
        Put(Three);
        Run("t");
        Put("(1, 'a', 1.5), (2, 'b', 2), (3, 'c', 3)");
        Assert.Equal(["t!C4 Vorher: k. A."], Notes(Run("t")));
    }

    [Fact]
    public void There_are_so_many_notes_and_no_more()
    {
        AddTask("t", task => task.Format = [ReportFormat.Excel]);
        const string rows = "insert into t with recursive n(i) as (select 1 union all select i + 1 from n where i < 6000) "
            + "select i, {0}, 0 from n";
        Sql(string.Format(CultureInfo.InvariantCulture, rows, "'a'"));
        Run("t");
        Sql("delete from t");
        Sql(string.Format(CultureInfo.InvariantCulture, rows, "'b'"));
        var run = Run("t");
        var notes = Notes(run);
        Assert.Equal((ChangedDataset.MostNotes, "t!B2 Before: a", "t!B5001 Before: a"), (notes.Length, notes[0], notes[^1]));
        Assert.Contains("In the workbook the first 5,000 changed cells of 't' have a note with the value before.", run.Warnings);
    }

    private static string[] Notes(ReportRun run)
    {
        using (var book = new OpenedWorkbook(run.Files[0]))
        {
            Assert.Equal("", string.Join('\n', book.Errors()));
        }

        const string script = """
            import sys, openpyxl
            for sheet in openpyxl.load_workbook(sys.argv[1]):
                for row in sheet.iter_rows():
                    for cell in row:
                        if cell.comment: print(sheet.title + "!" + cell.coordinate + " " + cell.comment.text)
            """;
        return [.. Python.Run("openpyxl", script, run.Files[0]).Where(line => line.Length > 0)];
    }

    [Fact]
    public void The_last_result_that_was_delivered_is_what_counts()
    {
        AddTask("t", task => task.SendWhen = nameof(SendWhen.NewRows));
        Put(Three);
        Run("t");
        // not delivered: a row is gone, and none is new
        Put("(1, 'a', 1.5)");
        Assert.Equal(RunOutcome.NotNeeded, Run("t").Outcome);
        // a test by hand moves nothing
        Put("(1, 'a', 1.5), (9, 'z', 9)");
        using (var worker = fixture.Worker())
        {
            worker.RunNow(fixture.Store.FindTask("t")!, RunTrigger.Manual, RunFixture.Noon, new RunOptions { NoDelivery = true }, _ => { },
                CancellationToken.None);
        }

        // a delivery that fails moves nothing
        fixture.Store.MailServers.Put(new ReportMailServer { Name = "pickup", PickupDirectory = "/proc/none", From = "r@example.com" },
            PutMode.Replace);
        Assert.StartsWith("1 row added, 2 removed and 0 changed", Run("t").Changes, StringComparison.Ordinal);
        fixture.Store.MailServers.Put(
            new ReportMailServer { Name = "pickup", PickupDirectory = fixture.MailFolder, From = "r@example.com" }, PutMode.Replace);
        var run = Run("t");
        Assert.StartsWith("1 row added, 2 removed and 0 changed", run.Changes, StringComparison.Ordinal);
        Assert.Equal(RunOutcome.Succeeded, run.Outcome);
        Assert.StartsWith("0 rows added, 0 removed and 0 changed", Run("t").Changes, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("id", "(1, 'a', 1), (1, 'b', 2)", nameof(ChangeErrors.KeyRepeated), "more than one row with id = 1")]
    [InlineData("id", "(1, 'a', 1), (null, 'b', 2)", nameof(ChangeErrors.KeyMissing), "'id'")]
    [InlineData("nmae", "(1, 'a', 1)", nameof(ChangeErrors.KeyColumnUnknown), "Did you mean 'name'?")]
    public void A_key_that_is_none_is_told(string key, string rows, string id, string words)
    {
        AddTask("t", task => task.KeyColumn = [key]);
        Put(rows);
        var run = Run("t");
        Assert.Equal((RunOutcome.Failed, id), (run.Outcome, run.ErrorId));
        Assert.Contains(words, run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_key_may_have_several_columns_and_other_columns_begin_anew()
    {
        AddTask("t", task => task.KeyColumn = ["id", "NAME"]);
        Put("(1, 'a', 1), (1, 'b', 2)");
        Run("t");
        Put("(1, 'a', 1), (1, 'b', 3)");
        Assert.StartsWith("0 rows added, 0 removed and 1 changed", Run("t").Changes, StringComparison.Ordinal);
        var task = fixture.Store.FindTask("t")!;
        task.Query = "select id, name from t";
        TaskDefinition.Save(fixture.Store, task, PutMode.Update, reschedule: false, fixture.Clock);
        Assert.Equal("the columns are others than those of the last result, so that the comparison begins anew", Run("t").Changes);
    }

    [Theory]
    [InlineData(nameof(SendWhen.Changed))]
    [InlineData("added > 5")]
    public void What_compares_needs_a_key(string when) =>
        Assert.Equal(nameof(DefinitionErrors.KeyColumnNeeded),
            Assert.Throws<ReportException>(() => AddTask("t", task => (task.SendWhen, task.KeyColumn) = (when, []))).ErrorId);

    private static string Text(JsonElement json, string dataset) => JsonSerializer.Serialize(json.GetProperty(dataset));

    private static JsonElement Json(ReportRun run) => JsonDocument.Parse(File.ReadAllText(run.Files[0])).RootElement;

    [Fact]
    public void A_list_of_changes_of_an_earlier_run_does_not_stay_in_the_folder()
    {
        var folder = Path.Combine(fixture.Folder, "drop");
        AddTask("t", task => (task.Format, task.Destination, task.FileName) = ([ReportFormat.Csv, ReportFormat.Html], folder,
            "report"));
        Put("(1, 'a', 1), (2, 'b', 2)");
        Run("t");
        Put("(2, 'b', 2), (3, 'c', 3)");
        Run("t");
        Assert.Equal(["id,name,amount", "1,a,1"], File.ReadAllLines(Path.Combine(folder, "report - Removed.csv")));
        Put("(2, 'b', 2), (3, 'c', 4)");
        var run = Run("t");
        Assert.Equal(["id,name,amount"], File.ReadAllLines(Path.Combine(folder, "report - Removed.csv")));
        Assert.Equal(["id,name,amount"], File.ReadAllLines(Path.Combine(folder, "report - Added.csv")));
        Assert.Equal(2, File.ReadAllLines(Path.Combine(folder, "report - Changed.csv")).Length);
        // people read of none of them
        var page = run.Files.Single(file => file.EndsWith(".html", StringComparison.Ordinal));
        Assert.DoesNotContain("Removed</h2>", File.ReadAllText(page), StringComparison.Ordinal);
    }

    private void Put(string rows) => Sql($"delete from t; insert into t values {rows}");

    private void Sql(string text)
    {
        using var database = new SqliteConnection(Source);
        database.Execute(text);
    }

    private void AddTask(string name, Action<ReportTask> change) => fixture.AddTask(name, task =>
    {
        (task.Connection, task.Query, task.KeyColumn, task.Format) = ("db", "select id, name, amount from t", ["id"], [ReportFormat.Json]);
        change(task);
    });

    private ReportRun Run(string name)
    {
        using var worker = fixture.Worker();
        var run = worker.RunNow(fixture.Store.FindTask(name)!, RunTrigger.Manual, fixture.Clock.GetUtcNow(), RunOptions.None, _ => { },
            CancellationToken.None);
        fixture.Clock.Advance(TimeSpan.FromHours(1));
        return run;
    }
}
