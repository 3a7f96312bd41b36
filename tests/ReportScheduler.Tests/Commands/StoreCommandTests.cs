using ReportScheduler.Store;
using ReportScheduler.Store.LiteDb;
using ReportScheduler.Tests.Support;

namespace ReportScheduler.Tests.Commands;

public sealed class StoreCommandTests : IDisposable
{
    private readonly PowerShellSession session = new();

    public void Dispose() => session.Dispose();

    [Fact]
    public void A_restored_backup_brings_everything_back_and_keeps_what_was_there_aside()
    {
        session.Run("Set-ReportSchedulerOption -KeepRuns 7").NoErrors();
        session.Run("New-ReportSchedulerKey caller").NoErrors();
        session.Run("Backup-ReportStore ./backup -IncludeKeys").NoErrors();
        session.Run("Set-ReportSchedulerOption -KeepRuns 9; Remove-ReportSchedulerKey caller").NoErrors();
        session.Run("Restore-ReportStore ./backup -WhatIf").NoErrors();
        Assert.Equal(9, (int)session.Run("Get-ReportSchedulerOption").Single().KeepRuns);

        var aside = session.Run("Restore-ReportStore ./backup -Confirm:$false -PassThru").NoErrors();
        Assert.Equal(2, aside.Output.Count);
        Assert.Equal(7, (int)session.Run("Get-ReportSchedulerOption").Single().KeepRuns);
        Assert.Equal("caller", (string)session.Run("Get-ReportSchedulerKey").Single().Name);
    }

    [Fact]
    public void A_broken_store_is_restored_and_kept_aside()
    {
        session.Run("Set-ReportSchedulerOption -KeepRuns 7; Backup-ReportStore ./backup").NoErrors();
        File.WriteAllText(session.StorePath, "broken");
        Assert.StartsWith("StoreNotReadable,", session.Run("Get-ReportSchedulerOption").Error().FullyQualifiedErrorId,
            StringComparison.Ordinal);
        var aside = session.Run("Restore-ReportStore ./backup -Confirm:$false -PassThru").NoErrors().Single();
        Assert.Equal("broken", File.ReadAllText(aside.ToString()));
        Assert.Equal(7, (int)session.Run("Get-ReportSchedulerOption").Single().KeepRuns);
    }

    [Fact]
    public void A_backup_holds_the_mail_that_waits_and_Send_ReportRun_delivers_it_where_it_is_restored()
    {
        session.Run("$null = New-ReportConnection c -Provider Sqlite -ConnectionString 'Data Source=:memory:'; "
            + "$null = New-ReportMailServer m -SmtpHost 127.0.0.1 -Port 9 -Security None -From r@example.com").NoErrors();
        session.Run("$null = New-ReportTask t c -Query 'select 7 as seven' -Format Csv -To a@example.com -MailServer m -Retry 0")
            .NoErrors();
        session.Run("$null = Invoke-ReportTask t -WarningAction SilentlyContinue");
        session.Run("Backup-ReportStore ./backup -IncludeKeys").NoErrors();
        var elsewhere = Path.Combine(session.Folder, "elsewhere", "reports.db");
        session.Run($"Restore-ReportStore ./backup -StorePath '{elsewhere}' -Confirm:$false").NoErrors();
        Directory.Delete(Path.Combine(Path.GetDirectoryName(session.StorePath)!, "runs"), recursive: true);
        session.Run($"$null = New-ReportMailServer m -PickupDirectory ./sent -From r@example.com -StorePath '{elsewhere}' -Force")
            .NoErrors();
        var sent = session.Run($"Get-ReportRun -StorePath '{elsewhere}' | Send-ReportRun -StorePath '{elsewhere}'").NoErrors().Single();
        Assert.Equal("Succeeded", (string)sent.Outcome.ToString());
        Assert.Contains("Seven", File.ReadAllText(Assert.Single(Directory.GetFiles(Path.Combine(session.Folder, "sent"), "*.eml"))),
            StringComparison.Ordinal);
        Assert.StartsWith(Path.GetDirectoryName(elsewhere)!, ((string[])sent.Files)[0], StringComparison.Ordinal);
    }

    [Fact]
    public void The_results_that_are_compared_with_come_along_in_backups_and_moves()
    {
        session.Run("$null = New-ReportConnection c ':memory:'; "
            + "$null = New-ReportTask t c -Query 'select 1 as id, 2 as n' -Format Csv -KeyColumn id; $null = Invoke-ReportTask t")
            .NoErrors();
        session.Run("Backup-ReportStore ./backup -IncludeKeys").NoErrors();
        foreach (var (place, move) in new[] { ("restored", "Restore-ReportStore ./backup -StorePath $path -Confirm:$false"),
            ("moved", "$null = Copy-ReportStore $env:REPORTSCHEDULER_STORE $path") })
        {
            var path = Path.Combine(session.Folder, place, "reports.db");
            session.Run(move.Replace("$env:REPORTSCHEDULER_STORE", $"'{session.StorePath}'", StringComparison.Ordinal), new { path })
                .NoErrors();
            Assert.StartsWith("0 rows added, 0 removed and 0 changed since",
                $"{session.Run("(Invoke-ReportTask t -StorePath $path).Changes", new { path }).NoErrors().Single()}",
                StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_backup_without_the_key_says_how_many_passwords_cannot_be_read_from_it()
    {
        session.Run("$null = New-ReportConnection a 'postgresql://u:one@h/d'; $null = New-ReportConnection b 'postgresql://u:two@h/d'")
            .NoErrors();
        Assert.Contains("has no key for the 2 passwords in it", Assert.Single(session.Run("Backup-ReportStore ./without").Warnings),
            StringComparison.Ordinal);
        Assert.Empty(session.Run("Backup-ReportStore ./with -IncludeKeys").Warnings);
    }

    [Fact]
    public void What_would_be_moved_makes_no_file_and_what_was_moved_is_told_by_the_first_check()
    {
        session.Run("$null = New-ReportConnection c ':memory:'; Copy-ReportStore -Destination ./there/reports.db -WhatIf").NoErrors();
        Assert.False(Directory.Exists(Path.Combine(session.Folder, "there")));
        session.Run("$null = Copy-ReportStore -Destination ./there/reports.db").NoErrors();
        Assert.Equal("Store StoreMoved",
            $"{session.Run("$check = @(Test-ReportStore)[0]; \"$($check.Check) $($check.ErrorId)\"").NoErrors().Single()}");
    }

    [Fact]
    public void A_store_that_moves_names_the_jobs_of_the_system_that_stay_behind()
    {
        session.Run("$null = New-ReportConnection c ':memory:'; "
            + "$null = New-ReportTask t c -Query 'select 1 a' -Format Csv -Cron '0 9 * * *'; "
            + "$null = Register-ReportScheduledTask t -System Systemd -UnitPath ./units").NoErrors();
        var moved = session.Run("Copy-ReportStore -Destination ./there/reports.db -Confirm:$false");
        Assert.Contains("'t' is still registered with Systemd for '", Assert.Single(moved.Warnings), StringComparison.Ordinal);
        Assert.Contains("The store was moved to", string.Join(' ', (string[])session.Run("Get-ReportScheduledTask").Single().Drift),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Backup-ReportStore .", "BackupExists")]
    [InlineData("Restore-ReportStore ./none -Confirm:$false", "BackupNotFound")]
    // before anybody is asked
    [InlineData("Restore-ReportStore ./none -WhatIf", "BackupNotFound")]
    [InlineData("Get-ReportSchedulerKey none", "NotFound")]
    [InlineData("Remove-ReportSchedulerKey none", "NotFound")]
    [InlineData("New-ReportSchedulerKey k -Task none", "TaskNotFound")]
    [InlineData("New-ReportSchedulerKey k -Task none*", "TaskNotFound")]
    [InlineData("New-ReportSchedulerKey k; New-ReportSchedulerKey K", "NameTaken")]
    [InlineData("Start-ReportScheduler -For 1s -Listen http://127.0.0.1:9/", "HttpKeyNeeded")]
    [InlineData("Start-ReportScheduler -For 1s -Listen http://127.0.0.1:9/ -ApiKey short", "KeyTooShort")]
    [InlineData("Start-ReportScheduler -For 1s -Listen nonsense -ApiKey 0123456789abcdef", "HttpListenFailed")]
    public void A_wrong_call_is_one_error_of_its_own_id(string script, string id)
    {
        session.Run("Set-ReportSchedulerOption -KeepRuns 7").NoErrors();
        Assert.StartsWith(id + ",", session.Run(script).Error().FullyQualifiedErrorId, StringComparison.Ordinal);
    }

    [Fact]
    public void Only_the_policies_given_change_and_WhatIf_changes_none()
    {
        session.Run("Set-ReportSchedulerOption -KeepFilesFor 90d -Missed Skip").NoErrors();
        session.Run("Set-ReportSchedulerOption -NotifyEvery 3 -OnFailure $false").NoErrors();
        session.Run("Set-ReportSchedulerOption -NotifyEvery 4 -WhatIf").NoErrors();
        var option = session.Run("Get-ReportSchedulerOption").Single();
        Assert.Equal(TimeSpan.FromDays(90), (TimeSpan)option.KeepFilesFor);
        Assert.Equal("Skip", (string)option.Missed.ToString());
        Assert.Equal(3, (int)option.NotifyEvery);
        Assert.False((bool)option.OnFailure);
        Assert.Equal(100, (int)option.KeepRuns);
    }

    [Theory]
    [InlineData(101)]
    [InlineData(20_000)]
    public void A_backup_whose_records_nest_too_deep_is_refused_and_the_store_stays(int levels)
    {
        session.Run("$null = New-ReportConnection c ':memory:'; Backup-ReportStore ./deep").NoErrors();
        var writing = new Thread(() =>
        {
            using var database = new LiteDB.LiteDatabase(Path.Combine(session.Folder, "deep", "reports.db"));
            var record = new LiteDB.BsonDocument { ["a"] = 1 };
            for (var level = 0; level < levels; level++)
            {
                record = level % 2 == 0
                    ? new LiteDB.BsonDocument { ["a"] = record }
                    : new LiteDB.BsonDocument { ["a"] = new LiteDB.BsonArray(record) };
            }

            record["_id"] = "deep";
            database.GetCollection("tasks").Insert(record);
        }, 1 << 30);
        writing.Start();
        writing.Join();
        Assert.StartsWith("StoreNotReadable", session.Run("Restore-ReportStore ./deep -Confirm:$false").Error().FullyQualifiedErrorId,
            StringComparison.Ordinal);
        Assert.Single(session.Run("Get-ReportConnection").NoErrors().Output);
    }

    [Fact]
    public void A_store_that_is_not_whole_yet_says_so_to_those_who_read_and_refuses_the_others()
    {
        session.Run("$null = New-ReportConnection c ':memory:'; $null = New-ReportTask t c -Query 'select 1 as a' -Format Csv").NoErrors();
        var store = StoreFile.Open(session.StorePath, StoreScope.User);
        store.SetMark(StoreMark.CopiedFrom, "/old/reports.db");
        var read = session.Run("Get-ReportTask");
        Assert.Equal("t", (string)read.NoErrors().Single().Name);
        Assert.Contains("'/old/reports.db'", Assert.Single(read.Warnings), StringComparison.Ordinal);
        foreach (var change in new[] { "New-ReportConnection d ':memory:'", "Invoke-ReportTask t", "Set-ReportTask t -Description x" })
        {
            var result = session.Run(change);
            Assert.StartsWith("StoreUnfinished,", result.Error().FullyQualifiedErrorId, StringComparison.Ordinal);
            Assert.Empty(result.Warnings);
        }

        Assert.Equal("Store StoreUnfinished", $"{session.Run("Test-ReportStore | Where-Object -Not Success | ForEach-Object { "
            + "\"$($_.Check) $($_.ErrorId)\" }").Output[0]}");
        store.SetMark(StoreMark.CopiedFrom, null);
        Assert.Empty(session.Run("New-ReportConnection d ':memory:'").NoErrors().Warnings);
    }

    [Fact]
    public void A_key_is_shown_once()
    {
        var made = (string)session.Run("New-ReportSchedulerKey ci").Single().Key;
        Assert.Equal(43, made.Length);
        Assert.Null((object?)session.Run("Get-ReportSchedulerKey c*").Single().Key);
        Assert.DoesNotContain(made, File.ReadAllText(session.StorePath), StringComparison.Ordinal);
    }
}
