using MimeKit;
using ReportScheduler.Tests.Support;

namespace ReportScheduler.Tests.Commands;

/// <summary>The plain-text part of the mail of a grouped report.</summary>
public sealed class GroupedMailTests : IDisposable
{
    private readonly PowerShellSession session = new();

    public void Dispose() => session.Dispose();

    [Fact]
    public void The_plain_text_has_the_heads_and_totals_of_groups_as_the_table_has()
    {
        session.Run("""
            New-ReportConnection mem ':memory:'
            New-ReportMailServer m -PickupDirectory mail -From r@example.com
            $rows = "('North', 'Tea', 1, 10.5), ('North', 'Coffee', 12, 2.25), ('North', 'Tea', 3, 4.0), ('South', 'A very long name of a product', 4, 1)"
            $query = "select column1 as region, column2 as product, column3 as id, column4 as amount from (values $rows)"
            New-ReportTask g mem -Query $query -GroupBy region, product -Column (New-ReportColumn amount -Total sum) -To ada@example.com
            $null = Invoke-ReportTask g
            """).NoErrors();
        var mail = MimeMessage.Load(Assert.Single(Directory.GetFiles(Path.Combine(session.Folder, "mail"))));
        string[] expected =
        [
            "Region       Product                          Id  Amount",
            "-----------  -------------------------------  --  ------",
            "North",
            "             Coffee",
            "                                              12    2.25",
            "             Total Coffee                           2.25",
            "             Tea",
            "                                               1   10.50",
            "                                               3    4.00",
            "             Total Tea                             14.50",
            "Total North                                        16.75",
            "South",
            "             A very long name of a product",
        ];
        var lines = mail.TextBody!.ReplaceLineEndings("\n").Split('\n').ToList();
        var start = lines.FindIndex(line => line.StartsWith("Region", StringComparison.Ordinal));
        Assert.Equal(string.Join('\n', expected), string.Join('\n', lines.Skip(start).Take(expected.Length)));
        Assert.All(lines, line => Assert.InRange(line.Length, 0, 78));
    }
}
