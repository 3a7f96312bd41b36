using ReportScheduler.Definitions;
using ReportScheduler.Runs;

namespace ReportScheduler.Tests.Splits;

public sealed class SplitRunTests : IDisposable
{
    private readonly SplitFixture fixture = new();

    public void Dispose() => fixture.Dispose();

    [Theory]
    [InlineData("")]
    // a key comes back after another one
    [InlineData(" order by n % 2, n")]
    public void Each_reader_gets_the_rows_of_the_own_key_and_no_others(string order)
    {
        var run = fixture.Run(fixture.Add(task => task.Query = SplitFixture.Rows + order));
        Assert.Equal((RunOutcome.Succeeded, 5L, null), (run.Outcome, run.Rows, run.Error));
        Assert.Equal(["ada@x.org,1", "ada@x.org,2"], fixture.Got("ada@x.org")!.Order());
        Assert.Equal(["bob@x.org,3"], fixture.Got("bob@x.org")!);
        Assert.Equal(["cyd@x.org,4", "cyd@x.org,5"], fixture.Got("cyd@x.org")!.Order());
        var kept = Assert.Single(fixture.Store.GetRuns(new RunFilter { RunId = run.Id })).Deliveries;
        Assert.Equal([("ada@x.org", 2L), ("bob@x.org", 1L), ("cyd@x.org", 2L)],
            kept.Select(delivery => (delivery.Key, delivery.Rows ?? 0)).OrderBy(each => each.Key, StringComparer.Ordinal));
        Assert.All(run.Files, file => Assert.True(File.Exists(file)));
        Assert.DoesNotContain(Directory.GetFileSystemEntries(Path.GetDirectoryName(run.Files[0])!),
            entry => entry.EndsWith("rows.tmp", StringComparison.Ordinal) || Directory.Exists(entry));
    }

    [Fact]
    public void Subject_body_and_file_name_say_whose_part_it_is_and_nothing_of_the_others()
    {
        fixture.Run(fixture.Add(task => (task.Subject, task.Body, task.FileName) = (
            "{{ split.rows }} for {{ split.key }}", "n is {{ split.values.n }} of {{ run.rows }}: {{ run.files | join: ' ' }}",
            "{{ split.values.reader }} of {{ task.name }}")));
        var mail = Assert.Single(fixture.Smtp.Messages, mail => mail.To.Contains("cyd@x.org"));
        Assert.Equal("2 for cyd@x.org", mail.Message.Subject);
        Assert.StartsWith("n is 4 of 2: cyd@x.org of Sales.csv", mail.Message.TextBody, StringComparison.Ordinal);
        Assert.All(fixture.Smtp.Messages, each => Assert.Equal(1,
            new[] { "ada@", "bob@", "cyd@" }.Count(name => each.Message.ToString().Contains(name, StringComparison.Ordinal))));
    }

    [Theory]
    [InlineData(UnmatchedPolicy.Owner, RunOutcome.Succeeded,
        "1 row has nothing in 'reader' and the key 'dan' (1 row) has an address that cannot be used", 4)]
    [InlineData(UnmatchedPolicy.Skip, RunOutcome.Succeeded, "They were left out.", 3)]
    [InlineData(UnmatchedPolicy.Fail, RunOutcome.Failed, "-Unmatched Fail, so nothing was sent", 0)]
    public void Rows_without_a_key_and_keys_without_an_address_go_where_the_task_says(UnmatchedPolicy policy, RunOutcome outcome,
        string said, int mails)
    {
        var run = fixture.Run(fixture.Add(task => (task.Query, task.Unmatched, task.Owner,
            task.OnFailure) = (SplitFixture.Rows + " union all select null, 6 union all select 'dan', 7", policy, "owner@x.org", false)));
        Assert.Equal(outcome, run.Outcome);
        Assert.Contains(said, run.Error + string.Join(' ', run.Warnings), StringComparison.Ordinal);
        Assert.Equal(mails, fixture.Smtp.Messages.Count);
        if (policy == UnmatchedPolicy.Owner)
        {
            Assert.Equal([",6", "dan,7"], fixture.Got("owner@x.org")!);
            Assert.Contains(run.Deliveries, delivery => delivery is { Key: "(unmatched)", Rows: 2 });
            Assert.Contains("they are in none of the other parts",
                fixture.Smtp.Messages.Single(mail => mail.To.Contains("owner@x.org")).Message.TextBody!.ReplaceLineEndings(" "),
                StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("select null, 6", UnmatchedPolicy.Skip, "nothing in 'reader'. It was left out.")]
    [InlineData("select null, 6 union all select null, 7", UnmatchedPolicy.Skip, "nothing in 'reader'. They were left out.")]
    [InlineData("select null, 6", UnmatchedPolicy.Owner, "The owner owner@x.org gets it.")]
    public void One_row_is_one(string rows, UnmatchedPolicy policy, string said)
    {
        var run = fixture.Run(fixture.Add(task =>
            (task.Query, task.Unmatched, task.Owner) = ($"{SplitFixture.Rows} union all {rows}", policy, "owner@x.org")));
        Assert.Contains(run.Warnings, warning => warning.EndsWith(said, StringComparison.Ordinal));
    }

    [Fact]
    public void Rows_of_nobody_need_an_owner()
    {
        var run = fixture.Run(fixture.Add(task => task.Query = "select null as reader, 1 as n"));
        Assert.Equal((RunOutcome.Failed, "SplitOwnerMissing"), (run.Outcome, run.ErrorId));
        Assert.Empty(fixture.Smtp.Messages);
    }

    [Fact]
    public void More_parts_than_allowed_send_nothing_and_the_owner_is_told_the_count()
    {
        var run = fixture.Run(fixture.Add(task => (task.MaxSplits, task.Owner, task.OnFailure) = (2, "owner@x.org", true)));
        Assert.Equal((RunOutcome.Failed, "SplitsTooMany"), (run.Outcome, run.ErrorId));
        Assert.Contains("has 3 values, and -MaxSplits allows 2", run.Error, StringComparison.Ordinal);
        Assert.Contains("has 3 values", Assert.Single(fixture.Smtp.Messages).Message.TextBody!.ReplaceLineEndings(" "),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Keys_of_any_kind_have_files_of_their_own_in_the_folder_of_the_run()
    {
        string[] keys = ["../x", "..\\x", "CON", "con", "a/b", "A/B", new string('k', 5000), new string('k', 4999) + "l", "שלום",
            "line\nend", "\u202eevil", "é", "e\u0301", "'; drop table x --", "{{ run.id }}", "all", "unmatched"];
        var values = string.Join(", ", keys.Select((key, n) => $"('{key.Replace("'", "''", StringComparison.Ordinal)}', {n})"));
        var drop = Path.Combine(fixture.Folder, "drop");
        var run = fixture.Run(fixture.Add(task => (task.Query, task.To, task.Also, task.Format, task.Destination) =
            ($"select column1 as reader, column2 as n from (values {values})", ["boss@x.org"], ["all@x.org"],
                [ReportFormat.Csv, ReportFormat.Json], Path.Combine(drop, "{{ split.key }}"))));
        Assert.Equal((RunOutcome.Succeeded, null), (run.Outcome, run.Error));
        Assert.Equal(keys.Length, fixture.Smtp.Messages.Count(mail => mail.To.Contains("boss@x.org")));
        var folder = Path.GetDirectoryName(run.Files[0]);
        Assert.All(run.Files, file => Assert.Equal(folder, Path.GetDirectoryName(file)));
        Assert.Equal(2 * (keys.Length + 1), run.Files.Distinct(StringComparer.OrdinalIgnoreCase).Count());
        Assert.All(run.Deliveries.SelectMany(delivery => delivery.DroppedFiles),
            file => Assert.Equal(drop, Path.GetDirectoryName(Path.GetDirectoryName(file))));
        for (var n = 0; n < keys.Length; n++)
        {
            var line = Assert.Single(fixture.Smtp.Messages,
                mail => mail.To.Contains("boss@x.org") && SplitFixture.Lines(mail.Message)[^1].EndsWith($",{n}", StringComparison.Ordinal));
            Assert.DoesNotContain('\n', line.Message.Subject!);
            Assert.Contains(run.Deliveries, delivery => delivery.Key == keys[n] && delivery.Kind == DeliveryKind.Folder);
        }
    }

    [Fact]
    public void Two_keys_with_one_file_name_send_nothing_and_are_named()
    {
        var run = fixture.Run(fixture.Add(task => task.FileName = "{{ split.rows }} rows"));
        Assert.Equal((RunOutcome.Failed, "SplitFileNameTaken"), (run.Outcome, run.ErrorId));
        Assert.Contains("'ada@x.org' and 'cyd@x.org' would both have the file '2 rows.csv'", run.Error, StringComparison.Ordinal);
        Assert.Empty(fixture.Smtp.Messages);
        Assert.Empty(Directory.GetFiles(Directory.GetDirectories(Path.Combine(fixture.Folder, "runs")).Single()));
    }

    [Fact]
    public void A_dataset_without_the_column_is_refused()
    {
        var run = fixture.Run(fixture.Add(task => task.SplitBy = "raeder"));
        Assert.Equal((RunOutcome.Failed, "SplitColumnMissing"), (run.Outcome, run.ErrorId));
        Assert.Contains("Did you mean 'reader'?", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Several_datasets_are_split_together()
    {
        var run = fixture.Run(fixture.Add(task =>
        {
            task.Datasets = [new ReportDataset { Name = "Orders", Query = SplitFixture.Rows }, new ReportDataset { Name = "Returns",
                Query = "select 9 as amount, 'cyd@x.org' as READER union all select 8, 'eve@x.org'" }];
            task.Format = [ReportFormat.Json];
        }));
        Assert.Equal((RunOutcome.Succeeded, 7L), (run.Outcome, run.Rows));
        string Json(string key) => File.ReadAllText(run.Files.Single(file => file.Contains(key, StringComparison.Ordinal)));
        Assert.Contains("\"amount\"", Json("cyd@"), StringComparison.Ordinal);
        Assert.Contains("9", Json("cyd@"), StringComparison.Ordinal);
        Assert.DoesNotContain("cyd", Json("eve@"), StringComparison.Ordinal);
        Assert.Contains("Orders", Json("eve@"), StringComparison.Ordinal);
        Assert.Equal(3, run.Deliveries.Single(delivery => delivery.Key == "cyd@x.org").Rows);
    }

    [Fact]
    public void Recipients_say_who_gets_which_part_in_what_form()
    {
        var run = fixture.Run(fixture.Add(task =>
        {
            task.Query =
                "select 'n' as region, 1.5 as amount union all select 's', 2.5 union all select 'w', 3.5 union all select 'n', 4.5";
            (task.SplitBy, task.To, task.Owner, task.Body) = ("region", [], "owner@x.org", "for {{ split.values.language }}");
            task.Recipients = [
                new ReportDataset { Query =
                    "select column1 as key, column2 as \"to\", column3 as cc, column4 as format, column5 as culture, column6 as language "
                        + "from (values ('n', 'nora@x.org; ned@x.org', 'carl@x.org', null, 'de-DE', 'de'), ('n', 'nils@x.org', '', "
                        + "'json', null, ''), ('s', 'sue@x.org', null, null, null, 'en'), ('gone', 'gus@x.org', null, null, null, null), "
                        + "(null, 'x', null, null, null, null))" }];
        }));
        Assert.Equal((RunOutcome.Succeeded, null), (run.Outcome, run.Error));
        var nora = fixture.Smtp.Messages.Single(mail => mail.To.Contains("nora@x.org"));
        Assert.Equal(["carl@x.org", "ned@x.org", "nora@x.org"], nora.To.Order());
        Assert.Equal(["n;1,5", "n;4,5"], SplitFixture.Lines(nora.Message));
        Assert.StartsWith("for de", nora.Message.TextBody, StringComparison.Ordinal);
        Assert.EndsWith(".json",
            fixture.Smtp.Messages.Single(mail => mail.To.Contains("nils@x.org")).Message.Attachments.Single().ContentDisposition!.FileName,
            StringComparison.Ordinal);
        Assert.Equal(["s,2.5"], fixture.Got("sue@x.org")!);
        Assert.Equal(["w,3.5"], fixture.Got("owner@x.org")!);
        Assert.Equal(4, fixture.Smtp.Messages.Count);
        Assert.Contains(run.Warnings,
            warning => warning.Contains("1 row of -Recipients had neither a key nor an address", StringComparison.Ordinal));
    }

    [Fact]
    public void Each_of_the_mails_of_one_key_has_a_message_id_of_its_own()
    {
        var run = fixture.Run(fixture.Add(task =>
        {
            (task.To, task.Owner) = ([], "owner@x.org");
            task.Query = "select column1 as reader from (values ('ada'), ('(unmatched)'), (null))";
            task.Recipients = [
                new ReportDataset { Query =
                    "select column1 as key, column2 as \"to\", column3 as format from (values ('ada', 'ada@x.org', null), "
                        + "('ada', 'eve@x.org', null), ('ada', 'ada@x.org', 'json'), ('(unmatched)', 'una@x.org', null))" }];
        }));
        Assert.Equal(5, fixture.Smtp.Messages.Select(mail => mail.Message.MessageId).Distinct().Count());
        Assert.Equal(5, run.Deliveries.Select(delivery => delivery.MessageId).Distinct().Count());
    }

    [Theory]
    [InlineData("select 'a' as key, 'a@x.org' as adress", "RecipientColumnUnknown")]
    [InlineData("select 'a' as key, 'a@x.org' as \"to\", '{}' as parameters", "RecipientParametersNotUsable")]
    [InlineData("select 'a@x.org' as \"to\"", "RecipientKeyMissing")]
    [InlineData("select 'a' as key, 'docx' as format", "RecipientValueNotUsable")]
    [InlineData("select 'a' as key, 'xx-klingon' as culture", "RecipientValueNotUsable")]
    public void Recipients_that_cannot_be_understood_send_nothing(string query, string id)
    {
        var run = fixture.Run(fixture.Add(task => task.Recipients = [new ReportDataset { Query = query }]));
        Assert.Equal((RunOutcome.Failed, id), (run.Outcome, run.ErrorId));
        Assert.Empty(fixture.Smtp.Messages);
    }

    [Fact]
    public void A_part_that_failed_is_sent_again_alone()
    {
        fixture.Smtp.Answer = command => command.Contains("bob@x.org", StringComparison.Ordinal) ? "550 no such user" : null;
        var run = fixture.Run(fixture.Add());
        Assert.Equal(RunOutcome.PartiallyDelivered, run.Outcome);
        Assert.StartsWith("Of 3 parts 1 did not reach all their readers: 'bob@x.org'. ", run.Error, StringComparison.Ordinal);
        Assert.Equal(2, fixture.Smtp.Messages.Count);
        fixture.Smtp.Answer = _ => null;
        var again = fixture.SendAgain(run, delivery => delivery.Key == "bob@x.org");
        Assert.Equal((RunOutcome.Succeeded, null), (again.Outcome, again.Error));
        Assert.Equal(3, fixture.Smtp.Messages.Count);
        Assert.Equal(["bob@x.org,3"], fixture.Got("bob@x.org")!);
    }

    [Fact]
    public void One_part_is_made_for_oneself_and_the_whole_goes_to_whom_the_task_says()
    {
        var task = fixture.Add(task => task.Also = ["chief@x.org"]);
        var part =
            fixture.Run(task, RunOptions.None with { Keys = ["b*"], IsWanted = key => key.StartsWith('b'), RedirectTo = "me@x.org" });
        Assert.Equal((RunOutcome.Succeeded, "bob@x.org"), (part.Outcome, Assert.Single(part.Deliveries).Key));
        Assert.Equal(["bob@x.org,3"], fixture.Got("me@x.org")!);
        fixture.Smtp.Messages.Clear();
        var missing = fixture.Run(task, RunOptions.None with { Keys = ["bop@x.org"], IsWanted = key => key == "bop@x.org" });
        Assert.Equal("SplitKeyNotFound", missing.ErrorId);
        Assert.Contains("Did you mean 'bob@x.org'", missing.Error, StringComparison.Ordinal);
        Assert.Empty(fixture.Smtp.Messages);
        fixture.Run(task);
        Assert.Equal(5, fixture.Got("chief@x.org")!.Length);
        Assert.Equal(4, fixture.Smtp.Messages.Count);
    }

    [Fact]
    public void What_would_be_sent_is_listed_and_nothing_is_kept()
    {
        var task = fixture.Add(task =>
            (task.Query, task.Owner, task.Also) = (SplitFixture.Rows + " union all select null, 6", "owner@x.org", ["chief@x.org"]));
        var parts =
            new SplitPreview(fixture.Store).Parts(task, DateTimeOffset.UnixEpoch, RunOptions.None, _ => { }, CancellationToken.None);
        Assert.Equal(
            [("ada@x.org", 2L, "ada@x.org"), ("bob@x.org", 1L, "bob@x.org"), ("cyd@x.org", 2L, "cyd@x.org"),
                ("(unmatched)", 1L, "owner@x.org"), (null, 6L, "chief@x.org")],
            parts.Select(part => (part.Key, part.Rows, Assert.Single(part.To))));
        Assert.Empty(fixture.Store.GetRuns(new RunFilter()));
        Assert.Empty(fixture.Smtp.Messages);
        Assert.False(Directory.Exists(Path.Combine(fixture.Folder, "runs")));
    }

    [Theory]
    // of all rows together, and told to nobody who gets a part of them
    [InlineData("rows > 4", RunOutcome.Succeeded, 3)]
    [InlineData("max(n) > 5", RunOutcome.NotNeeded, 0)]
    public void A_condition_looks_at_the_rows_of_all_parts(string condition, RunOutcome outcome, int mails)
    {
        var run = fixture.Run(fixture.Add(task => task.SendWhen = condition));
        Assert.Equal((outcome, null), (run.Outcome, run.Error));
        Assert.Equal(mails, fixture.Smtp.Messages.Count);
        Assert.Contains(condition, run.Condition, StringComparison.Ordinal);
        Assert.All(fixture.Smtp.Messages, mail => Assert.DoesNotContain(condition, mail.Message.TextBody, StringComparison.Ordinal));
    }

    [Fact]
    public void A_mail_server_that_does_not_answer_is_not_waited_for_by_every_part()
    {
        fixture.Smtp.Answer = command => command == "CONNECT" ? "421 not now" : null;
        // the pause before the second attempt is one of the clock on the wall
        using var worker = new RunWorker(fixture.Store, TimeProvider.System);
        var run = worker.RunNow(fixture.Add(task => task.Retry = 1), RunTrigger.Manual, DateTimeOffset.UnixEpoch, RunOptions.None, _ => { },
            CancellationToken.None);
        Assert.Equal(RunOutcome.Delivering, run.Outcome);
        Assert.Equal([2, 1, 1], run.Deliveries.Select(delivery => delivery.Attempts));
    }

    public static TheoryData<string, Action<ReportTask>> Mistakes() => new()
    {
        { "AddressNeedsSplit", task => task.SplitBy = null },
        { "TemplateNeedsSplit", task => (task.SplitBy, task.To, task.Subject) = (null, ["a@x.org"], "{{ split.key }}") },
        { "SplitOptionWithoutColumn", task => (task.SplitBy, task.To, task.Also) = (null, ["a@x.org"], ["b@x.org"]) },
        { "SplitColumnEmpty", task => task.SplitBy = " " },
        { "ValueOutOfRange", task => task.MaxSplits = 0 },
        { "ValueOutOfRange", task => task.MaxSplits = 10_001 },
        { "SplitFileNameSame", task => task.FileName = "sales {{ run.due_at }}" },
        { "AddressNotUsable", task => task.Also = ["nobody"] },
        { "TemplateInvalid", task => task.To = ["{{ split.kay }}"] },
        { "TemplateInvalid", task => task.To = ["{{ split.key"] },
        { "RecipientsQueryEmpty", task => task.Recipients = [new ReportDataset()] },
        { "FolderNotUsable", task => (task.SplitBy, task.To, task.Destination) = (null, ["a@x.org"], "/tmp/{{ split.key }}") },
    };

    [Theory]
    [MemberData(nameof(Mistakes))]
    public void A_split_that_cannot_be_is_refused_when_the_task_is_made(string id, Action<ReportTask> change) =>
        Assert.Equal(id, Assert.Throws<ReportException>(() => fixture.Add(change)).ErrorId);

    [Fact]
    public void The_split_of_a_task_is_exported_and_imported()
    {
        var task = fixture.Add(task => (task.Recipients, task.Also, task.MaxSplits, task.Unmatched) =
            ([new ReportDataset { Query = "select 'a' as key", Connection = "mem" }], ["chief@x.org"], 7, UnmatchedPolicy.Skip));
        var path = Path.Combine(fixture.Folder, "x.json");
        DefinitionFile.Write(new ReportDefinitions { Tasks = [task] }, path, isFolder: false);
        var read = DefinitionFile.Read(System.Text.Json.Nodes.JsonNode.Parse(File.ReadAllText(path))!, path).Tasks[0];
        Assert.Empty(DefinitionJson.Differences(task, read));
        Assert.Equal(("reader", "select 'a' as key", 7), (read.SplitBy, read.Recipients[0].Query, read.MaxSplits));
    }
}
