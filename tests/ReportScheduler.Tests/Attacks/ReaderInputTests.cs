using ReportScheduler.Tests.Support;

namespace ReportScheduler.Tests.Attacks;

/// <summary>Splits, groups, matrices, totals, recipients and keys that a result does not have, or cannot follow: one clear
/// error each.</summary>
public sealed class ReaderInputTests : IDisposable
{
    private const string Rows = "select column1 as id, column2 as region, column3 as month, column4 as amount from (values "
        + "(1,'N','Jan',1.5), (2,'S','Feb',2), (3,'N','Feb','text'), (4,null,null,null))";

    private const string Matrix = "-Pivot @{ Rows = 'region'; Columns = 'month'; Value = '";

    private readonly PowerShellSession session = new();

    public ReaderInputTests() =>
        session.Run("New-ReportConnection mem ':memory:'; New-ReportMailServer m -PickupDirectory mail -From r@example.com").NoErrors();

    public void Dispose() => session.Dispose();

    [Theory]
    [InlineData("-SplitBy regin -To x@y.org", "SplitColumnMissing", "Did you mean 'region'?")]
    [InlineData("-GroupBy regin", "GroupColumnNotFound", "Did you mean 'region'?")]
    [InlineData(Matrix + "amnt'; Function = 'sum' }", "GroupColumnNotFound", "'amnt'")]
    [InlineData(Matrix + "region'; Function = 'sum' }", "PivotNothingToAdd", "the sum of the column 'region'")]
    [InlineData(Matrix + "month'; Function = 'avg' }", "PivotNothingToAdd", "the average of the column 'month'")]
    [InlineData("-KeyColumn idd", "KeyColumnUnknown", "'idd'")]
    [InlineData("-KeyColumn month, region", "KeyMissing", "month")]
    [InlineData("-KeyColumn region", "KeyRepeated", "region = N")]
    [InlineData("-SendWhen 'max(amnt) > 1'", "ConditionColumnUnknown", "'amnt'")]
    [InlineData("-SendWhen 'max(region) > 5'", "ConditionTypesDiffer", "the text 'S', with 5")]
    [InlineData("-SendWhen 'total(region) > 5'", "ConditionNothingToAdd", "text")]
    [InlineData("-SplitBy region -To x@y.org -Unmatched Fail", "SplitRowsUnmatched", "1 row")]
    [InlineData("-SplitBy region -To x@y.org", "SplitOwnerMissing", "no owner")]
    [InlineData("-SplitBy id -To x@y.org -MaxSplits 2", "SplitsTooMany", "4 values")]
    [InlineData("-SplitBy id -Recipients 'select 1 as id'", "RecipientColumnUnknown", "'id'")]
    [InlineData("-SplitBy id -Recipients { @{ to = 'x@y.org' } }", "RecipientKeyMissing", "'to'")]
    [InlineData("-SplitBy id -Recipients { @{ key = 1; to = 'x@y.org'; culture = 'xx-YY-zz' } }", "RecipientValueNotUsable", "'xx-YY-zz'")]
    [InlineData("-SplitBy id -Recipients { @{ key = 1; to = 'x@y.org'; format = 'Word' } }", "RecipientValueNotUsable", "'Word'")]
    [InlineData("-SplitBy id -Recipients { throw 'no directory' }", "ScriptFailed", "no directory")]
    [InlineData("-SplitBy id -Recipients { while ($true) { } } -Timeout 1s", "RunTimedOut", "0:00:01")]
    [InlineData("-SplitBy id -Recipients { $host.UI.ReadLine() }", "ScriptAsks", "no one can answer")]
    public void A_result_that_does_not_fit_fails_with_one_sentence(string options, string id, string words)
    {
        session.Run($"$null = New-ReportTask t mem -Query $q -Format Csv {options}", new { q = Rows }).NoErrors();
        dynamic run = session.Run("Invoke-ReportTask t -ErrorAction Ignore -WarningAction Ignore").Output[0];
        Assert.Equal(("Failed", id), ((string)run.Outcome.ToString(), (string)run.ErrorId));
        Assert.Contains(words, (string)run.Error, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(Path.Combine(session.Folder, "mail")));
    }

    [Theory]
    [InlineData("-SendWhen 'median(amount) > 1'", "ConditionNotUsable")]
    [InlineData("-SendWhen 'rows >'", "ConditionNotUsable")]
    [InlineData("-SendWhen 'rows = = 5'", "ConditionNotUsable")]
    [InlineData("-SendWhen 'amount > 5'", "ConditionNotUsable")]
    [InlineData("-SendWhen \"rows > 'many'\"", "ConditionTypesDiffer")]
    [InlineData("-Expect @{ Columns = 'id:integerr' }", "ContractNotUsable")]
    [InlineData("-Total @{ amount = 'summ' }", "ColumnOptionNotUsable")]
    [InlineData("-GroupBy region -Column (New-ReportColumn amount -ShareOf regin)", "ColumnOptionNotUsable")]
    [InlineData("-GroupBy region " + Matrix + "amount' }", "PivotNotUsable")]
    [InlineData("-SplitBy id -FileName same -To x@y.org", "SplitFileNameSame")]
    [InlineData("-SplitBy id -To '{{ split.kee }}'", "TemplateInvalid")]
    [InlineData("-SplitBy id -To '{{ split.key'", "TemplateInvalid")]
    [InlineData("-SplitBy id -KeyColumn id -SendWhen Changed -RemindAfter 4h -To x@y.org", "SplitNotCompared")]
    [InlineData("-NativePivot", "NativePivotNotUsable")]
    public void What_the_definition_itself_rules_out_makes_no_task(string options, string id)
    {
        var error = session.Run($"New-ReportTask t mem -Query $q -Format Csv {options}", new { q = Rows }).Error();
        Assert.StartsWith(id + ",", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Empty(session.Run("Get-ReportTask").NoErrors().Output);
    }

    [Theory]
    [InlineData("-Total @{ region = 'sum' }", "The column 'region' of 't' has no sum: its values are text.")]
    [InlineData("-Column (New-ReportColumn region -RunningTotal)", "The column 'region' of 't' has no running total: its values are text.")]
    [InlineData("-Column (New-ReportColumn region -ShareOf total)", "The column 'region' of 't' has no share: its values are text.")]
    [InlineData("-Total @{ amnt = 'sum' }", "Its columns are 'id', 'region', 'month', 'amount'.")]
    [InlineData("-SplitBy id -Unmatched Skip -Recipients { @{ key = 1; to = 'nobody' } }", "'nobody' is not a mail address")]
    public void What_the_report_can_do_without_is_a_warning(string options, string words)
    {
        session.Run($"$null = New-ReportTask t mem -Query $q -Format Excel {options}", new { q = Rows }).NoErrors();
        var result = session.Run("Invoke-ReportTask t").NoErrors();
        Assert.Equal("Succeeded", ((dynamic)result.Single()).Outcome.ToString());
        Assert.Contains(result.Warnings, warning => warning.Contains(words, StringComparison.Ordinal));
    }

    [Fact]
    public void Keys_that_differ_in_case_or_in_what_no_file_may_have_get_files_of_their_own()
    {
        const string Keys = "select column1 as k from (values ('a/b'), ('a:b'), ('A/B'), ('../x'), ('CON'), ('con'), ('.'))";
        session.Run("$null = New-ReportTask t mem -Query $q -Format Csv -SplitBy k -To x@y.org", new { q = Keys }).NoErrors();
        dynamic run = session.Run("Invoke-ReportTask t").NoErrors().Single();
        var files = (string[])run.Files;
        Assert.Equal(7, files.Select(Path.GetFileName).Distinct(StringComparer.OrdinalIgnoreCase).Count());
        Assert.Single(files.Select(Path.GetDirectoryName).Distinct());
        session.Run("Set-ReportTask t -FileName '{{ split.key }}'").NoErrors();
        run = session.Run("Invoke-ReportTask t -ErrorAction Ignore").Output[0];
        Assert.Equal("SplitFileNameTaken", (string)run.ErrorId);
        Assert.Contains("Leave -FileName out", (string)run.Error, StringComparison.Ordinal);
    }
}
