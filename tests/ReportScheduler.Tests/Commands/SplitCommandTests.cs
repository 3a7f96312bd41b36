using ReportScheduler.Tests.Support;

namespace ReportScheduler.Tests.Commands;

/// <summary>Split reports at the prompt.</summary>
public sealed class SplitCommandTests : IDisposable
{
    private readonly PowerShellSession session = new();

    public SplitCommandTests() => session.Run("""
        New-ReportConnection mem ':memory:'
        New-ReportMailServer m -PickupDirectory mail -From r@example.com
        New-ReportTask split mem -Query "select 'a' as k, 1 as n union all select 'b', 2 union all select 'a', 3" -SplitBy k -Recipients {
            [pscustomobject]@{ key = 'a'; to = 'ada@x.org, second.reader.with.a.long.name@department.example.org' }
            [pscustomobject]@{ key = 'b'; to = 'bob@x.org'; format = $kind }
        } -Parameters @{ kind = 'Json' } -Format Csv -Cron '0 7 * * *' -TimeZone Asia/Tokyo
        """).NoErrors();

    public void Dispose() => session.Dispose();

    [Fact]
    public void The_recipients_come_from_a_script()
    {
        var run = session.Run("Invoke-ReportTask split").NoErrors().Single();
        Assert.Equal(["a: ada@x.org, second.reader.with.a.long.name@department.example.org", "b: bob@x.org"],
            session.Run("(Get-ReportRun split).Deliveries | ForEach-Object { "
                + "\"$($_.Key): $(@($_.Recipients | ForEach-Object Address) -join ', ')\" }").NoErrors().Output.Select(line => $"{line}"));
        Assert.Equal([".csv", ".json"], ((string[])run.Files).Select(Path.GetExtension).Order());
    }

    [Fact]
    public void What_if_leaves_the_folder_of_the_store_as_it_is()
    {
        session.Run("Set-ReportTask split -KeyColumn n -SendWhen Changed").NoErrors();
        string[] Folders() => Directory.GetDirectories(Path.GetDirectoryName(session.StorePath)!, "*", SearchOption.AllDirectories);
        var before = Folders();
        session.Run("Invoke-ReportTask split -WhatIf").NoErrors();
        Assert.Equal(before, Folders());
        // the first run makes the folder of runs, for its owner only
        session.Run("Invoke-ReportTask split").NoErrors();
        session.Run("Invoke-ReportTask split -WhatIf; Invoke-ReportTask split").NoErrors();
    }

    [Theory]
    [InlineData("{ @{ key = 'a'; to = 'ada@x.org'; format = $kind } }")]
    [InlineData("\"select 'a' as key, 'ada@x.org' as 'to', @kind as format\"")]
    public void A_parameter_of_the_recipients_alone_stays_when_another_one_is_changed(string recipients)
    {
        session.Run("Set-ReportTask split -Query \"select 'a' as k, @n as n\" -Parameters @{ n = 1 } -Recipients " + recipients).NoErrors();
        session.Run("Set-ReportTask split -Parameters @{ n = 2 }").NoErrors();
        var text = session.Run("$p = (Get-ReportTask split).Parameters; \"$($p['kind']) $($p['n'])\"").NoErrors().Single();
        Assert.Equal("Json 2", $"{text}");
    }

    [Theory]
    // a list of a script, and one in a text, whatever stands between its items
    [InlineData("@('a@x.org', 'b@x.org')", "a@x.org b@x.org")]
    [InlineData("'a@x.org', 'Bob <b@x.org>; c@x.org'", "a@x.org b@x.org c@x.org")]
    [InlineData("[string[]]('a@x.org', $null, '')", "a@x.org")]
    [InlineData("[Collections.Generic.List[string]]('a@x.org', 'b@x.org')", "a@x.org b@x.org")]
    [InlineData("'a@x.org;b@x.org,c@x.org'", "a@x.org b@x.org c@x.org")]
    [InlineData("[Net.Mail.MailAddress]'a@x.org'", "a@x.org")]
    [InlineData("@(,@('a@x.org', 'b@x.org'))", null)]
    [InlineData("@{ mail = 'a@x.org' }", null)]
    public void Addresses_may_be_a_list(string to, string? readers)
    {
        session.Run("Set-ReportTask split -Query \"select 'a' as k, 1 as n\" -Recipients { @{ key = 'a'; to = " + to + " } }").NoErrors();
        var result = session.Run("Invoke-ReportTask split");
        if (readers is null)
        {
            Assert.StartsWith("RecipientValueNotUsable,", Assert.Single(result.Errors).FullyQualifiedErrorId, StringComparison.Ordinal);
            return;
        }

        result.NoErrors();
        Assert.Equal(readers,
            $"{session.Run("\"$((Get-ReportRun split).Deliveries.Recipients.Email)\"").NoErrors().Single()}");
    }

    [Fact]
    public void What_is_sent_again_of_one_key_is_shown_as_its_deliveries()
    {
        session.Run("$all = Invoke-ReportTask split").NoErrors();
        Assert.Equal(["a ReportDelivery"], session
            .Run("$all | Send-ReportRun -Key a | ForEach-Object { \"$($_.Key) $($_.GetType().Name)\" }").NoErrors()
            .Output.Select(line => $"{line}"));
        Assert.Equal(["ReportRun"], session.Run("$all | Send-ReportRun | ForEach-Object { $_.GetType().Name }").NoErrors().Output
            .Select(line => $"{line}"));
    }

    [Theory]
    [InlineData("a, zzz", "'zzz'", 1)]
    [InlineData("a*, zzz, 'q*'", "'zzz' or 'q*'", 1)]
    [InlineData("a, b", null, 2)]
    [InlineData("'*'", null, 2)]
    public void A_key_that_no_row_has_is_named(string keys, string? missing, int count)
    {
        foreach (var command in new[] { $"Invoke-ReportTask split -Key {keys}", $"Invoke-ReportTask split -Key {keys} -WhatIf" })
        {
            var result = session.Run(command).NoErrors();
            Assert.Equal(missing is null ? 0 : 1, result.Warnings.Count);
            Assert.All(result.Warnings, warning => Assert.Contains($"There is no part {missing} this time", $"{warning}",
                StringComparison.Ordinal));
        }

        Assert.Equal(count, session.Run("(Get-ReportRun split).Deliveries").NoErrors().Output.Count);
        session.Run("$all = Invoke-ReportTask split").NoErrors();
        Assert.Equal(missing is null ? 0 : 1, session.Run($"$all | Send-ReportRun -Key {keys}").NoErrors().Warnings.Count);
        var line = $"Invoke-ReportTask -StorePath '{session.StorePath}' split -Key ";
        Assert.Equal(["a", "b"], session.Run("(TabExpansion2 $line $line.Length).CompletionMatches.CompletionText", new { line }).Output
            .Where(text => text is not null).Select(text => $"{text}").Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("Owner", "owner@x.org", "", "owner@x.org")]
    [InlineData("Skip", "owner@x.org", "", "owner@x.org")]
    [InlineData("Fail", "owner@x.org", "", "owner@x.org")]
    [InlineData("Fail", "owner@x.org", "-RedirectTo me@x.org", "me@x.org")]
    [InlineData("Skip", null, "-RedirectTo me@x.org", "me@x.org")]
    [InlineData("Owner", null, "-NoDelivery", null)]
    public void The_rows_that_are_nobodys_are_made_alone_by_their_name(string policy, string? owner, string option, string? reader)
    {
        session.Run("Set-ReportTask split -Query \"select 'a' as k, 1 as n union all select null, 2 union all select 'q', 3\" "
            + $"-Unmatched {policy} {(owner is null ? "" : $"-Owner {owner}")}").NoErrors();
        var part = session.Run($"Invoke-ReportTask split -Key '(unmatched)' {option} -WhatIf").NoErrors().Single();
        Assert.Equal(("(unmatched)", 2L, reader ?? ""), ((string)part.Key, (long)part.Rows, string.Join(' ', (string[])part.To)));
        var run = session.Run($"Invoke-ReportTask split -Key '(unmatched)' {option}").NoErrors().Single();
        Assert.Equal("k,n\r\n,2\r\nq,3\r\n", File.ReadAllText(Assert.Single((string[])run.Files)).TrimStart('\ufeff'));
        Assert.Equal(reader is null ? [] : [$"(unmatched) {reader}"],
            session.Run("(Get-ReportRun split).Deliveries | ForEach-Object { \"$($_.Key) $($_.Recipients.Email)\" }").NoErrors().Output
                .Select(line => $"{line}"));
        if (reader is not null)
        {
            session.Run("(Get-ReportRun split) | Send-ReportRun -Key '(unmatched)'").NoErrors();
        }
    }

    [Fact]
    public void The_part_of_nobody_needs_an_owner_and_rows()
    {
        var none = session.Run("Invoke-ReportTask split -Key '(unmatched)'").Error();
        Assert.Equal(("SplitUnmatchedEmpty,ReportScheduler.Commands.InvokeReportTaskCommand",
            "The report 'split' has no part '(unmatched)' this time: every row has something in 'k', and every key has an address. Leave "
            + "that key out of -Key."), (none.FullyQualifiedErrorId, none.Exception.Message));
        Assert.Contains("has no part '(unmatched)' this time",
            $"{Assert.Single(session.Run("Invoke-ReportTask split -Key a, '(unmatched)'").NoErrors().Warnings)}", StringComparison.Ordinal);
        session.Run("Set-ReportTask split -Query \"select null as k, 1 as n union all select 'a', 2\"").NoErrors();
        Assert.StartsWith("SplitOwnerMissing,", session.Run("Invoke-ReportTask split -Key '(unmatched)'").Error().FullyQualifiedErrorId,
            StringComparison.Ordinal);
        session.Run("Set-ReportTask split -Owner o@x.org").NoErrors();
        Assert.Equal(["(unmatched) 1", "a 1"], session.Run("(Invoke-ReportTask split -Key a, '(unmatched)').Deliveries | "
            + "ForEach-Object { \"$($_.Key) $($_.Rows)\" }").NoErrors().Output.Select(line => $"{line}").Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_key_that_is_missing_is_told_with_the_keys_there_are()
    {
        var error = session.Run("Invoke-ReportTask split -Key zzz").Error();
        Assert.Equal(("SplitKeyNotFound,ReportScheduler.Commands.InvokeReportTaskCommand",
            "The report 'split' has no part 'zzz' this time. There are the parts 'a' and 'b'. Capitals and small letters count."),
            (error.FullyQualifiedErrorId, error.Exception.Message));
        Assert.Equal("Query", $"{session.Run("(Get-ReportRun split).Stage").NoErrors().Single()}");
        Assert.Contains("Its columns", session.Run("Set-ReportTask split -SplitBy kk; Invoke-ReportTask split").Errors[0].Exception.Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_script_of_recipients_without_objects_names_nobody()
    {
        session.Run("Set-ReportTask split -Recipients { 1 | Where-Object { $false } } -Owner o@x.org").NoErrors();
        var result = session.Run("Invoke-ReportTask split").NoErrors();
        Assert.Contains(result.Warnings,
            warning => $"{warning}".Contains("gave no objects, so nobody is a reader", StringComparison.Ordinal));
        Assert.Equal("(unmatched)", $"{session.Run("(Get-ReportRun split).Deliveries.Key").NoErrors().Single()}");
    }

    [Fact]
    public void A_script_of_recipients_is_exported_imported_and_checked()
    {
        session.Run("Export-ReportTask split -Path ./x.json; Remove-ReportTask split -Force; Import-ReportTask ./x.json").NoErrors();
        Assert.Contains("bob@x.org", $"{session.Run("(Get-ReportTask split).Recipients.Script").NoErrors().Single()}",
            StringComparison.Ordinal);
        Assert.Equal("ScriptNotParsed,ReportScheduler.Commands.SetReportTaskCommand", session.Run(
            "$bad = [ReportScheduler.ReportDataset]::new(); $bad.Script = 'Get-Item |'; Set-ReportTask split -Recipients $bad").Error()
            .FullyQualifiedErrorId);
        session.Run("$q = 'select ''b'' as key, ''eve@x.org'' as \"to\" where @kind is not null'; "
            + "Set-ReportTask split -Recipients $q -Unmatched Skip").NoErrors();
        session.Run("Set-ReportTask split -Recipients @($q, { @{ key = 'a'; to = 'al@x.org' } })").NoErrors();
        Assert.Equal("al@x.org eve@x.org",
            $"{session.Run("\"$((Invoke-ReportTask split).Deliveries.Recipients | ForEach-Object Address)\"").NoErrors().Single()}");
    }

    private const string Soon =
        "Set-ReportTask split -Cron $null -At ([DateTime]::UtcNow.AddSeconds(1)) -TimeZone UTC; [Threading.Thread]::Sleep(1500)";

    [Fact]
    public void A_runner_runs_a_script_of_recipients_where_the_store_allows_it()
    {
        session.Run(Soon).NoErrors();
        var result = session.Run("Invoke-ReportTask -Due");
        Assert.StartsWith("ScriptNotAllowed,", result.Errors[0].FullyQualifiedErrorId, StringComparison.Ordinal);
        session.Run("Set-ReportSchedulerOption -AllowScript $true; " + Soon).NoErrors();
        Assert.Equal("Succeeded", session.Run("Invoke-ReportTask -Due").NoErrors().Single().Outcome.ToString());
    }

    [Theory]
    [InlineData("", 1)]
    [InlineData("-From 2026-09-01 -To 2026-09-03", 3)]
    [InlineData("-DueAt 2026-09-01", 1)]
    public void What_would_be_made_is_listed_for_each_due_instant_with_its_parts(string window, int count)
    {
        var listed = session.Run($"Invoke-ReportTask split {window} -WhatIf").NoErrors();
        Assert.Equal(count, listed.HostLines.Count(line => line.StartsWith("What if: ", StringComparison.Ordinal)));
        Assert.Equal(count * 2, listed.Output.Count);
        Assert.Equal(count, listed.Output.Select(part => (DateTimeOffset)((dynamic)part).DueAt).Distinct().Count());
        Assert.Equal(["a 2", "b 1"], listed.Output.Take(2).Select(part => $"{((dynamic)part).Key} {((dynamic)part).Rows}"));
        Assert.Empty(session.Run("Get-ReportRun").NoErrors().Output);
    }

    [Fact]
    public void The_table_of_deliveries_has_a_line_for_each_that_fits_80_columns()
    {
        session.Run("Set-ReportTask split -Query \"select 'a' as k union all select 'b' union all select 'a key that is rather long'\" "
            + "-Unmatched Owner -Owner owner@x.org; Invoke-ReportTask split").NoErrors();
        var host = HostProcess.Run(session.Folder, new Dictionary<string, string> { ["REPORTSCHEDULER_STORE"] = session.StorePath,
            ["COLUMNS"] = "80" }, "-Command", "(Get-ReportRun).Deliveries | Out-String -Width 80");
        Assert.Equal("", host.Error);
        var lines = host.Output.Split('\n').Select(line => line.TrimEnd()).Where(line => line.Length > 0).ToList();
        Assert.All(lines, line => Assert.InRange(line.Length, 1, 80));
        // two of the head
        Assert.Equal(2 + 3, lines.Count);
        Assert.Contains(lines, line => line.Contains("ada@x.org +1", StringComparison.Ordinal));
    }

    [Fact]
    public void An_instant_whose_run_failed_says_what_makes_it_again()
    {
        session.Run("New-ReportTask failing mem -Query 'select * from nowhere' -Format Csv -TimeZone UTC").NoErrors();
        Assert.Empty(session.Run("Invoke-ReportTask failing -DueAt 2026-09-01T00:00:00Z").Warnings);
        var again = session.Run("Invoke-ReportTask failing -DueAt 2026-09-01T00:00:00Z");
        Assert.Contains("Invoke-ReportTask -Name 'failing' -AsOf '2026-09-01T00:00:00+00:00' makes the report again",
            $"{Assert.Single(again.Warnings)}", StringComparison.Ordinal);
        Assert.Contains("Invoke-ReportTask -Name 'failing' -AsOf '2026-09-01T00:00:00+00:00' makes the report again",
            session.Run("Send-ReportRun (Get-ReportRun failing).Id").Error().Exception.Message, StringComparison.Ordinal);
    }
}
