using ReportScheduler.Conditions;
using ReportScheduler.Rows;

namespace ReportScheduler.Tests.Conditions;

public sealed class ConditionTests
{
    private static readonly DateTimeOffset Due = new(2026, 11, 28, 8, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("rows > 2", true), InlineData("rows > 3", false), InlineData("rows>=3", true), InlineData("rows <> 3", false),
        InlineData("rows != 3", false), InlineData("rows == 3", true)]
    [InlineData("ROWS = 3.0", true), InlineData("3 = rows", true), InlineData("rows > -1", true), InlineData("rows > 1e0", true),
        InlineData("rows < 1E2", true)]
    // and binds more than or, not more than and
    [InlineData("rows = 3 or rows = 4 and rows = 5", true), InlineData("(rows = 3 or rows = 4) and rows = 5", false)]
    [InlineData("not rows = 4 and rows = 3", true), InlineData("not (rows = 3 or rows = 4)", false), InlineData("not not rows = 3", true),
        InlineData("NOT rows = 4 AND rows = 3", true)]
    // figures
    [InlineData("total(amount) = 0.6", true), InlineData("sum(amount) < 0.6", false), InlineData("avg(amount) = 0.2", true),
        InlineData("average(amount) <> 0.2", false)]
    [InlineData("count(note) = 2", true), InlineData("distinct(note) = 1", true),
        InlineData("min(amount) = 0.1 and max(amount) = 0.3", true), InlineData("MAX(Amount) >= min(amount)", true)]
    [InlineData("max(\"the day\") = '2026-11-27'", true), InlineData("max([the day]) = yesterday", true),
        InlineData("max([the day]) >= today", false), InlineData("max([the day]) < now-8h", true)]
    [InlineData("max([the day]) = today - 1d", true), InlineData("min([the day]) < startOfMonth", false),
        InlineData("max(note) = 'open'", true), InlineData("max(note) < 'p'", true)]
    [InlineData("max(flag) = true", true), InlineData("min(flag) = false", true), InlineData("max(flag) = 1", true),
        InlineData("max(lag) > '5m'", true), InlineData("total(lag) = '21m'", true)]
    [InlineData("max(amount) > '0.2'", true), InlineData("max(rough) > 2.4", true),
        InlineData("max(rough) = 2.5 and max(amount) < max(rough)", true)]
    // a comparison with nothing is not true
    [InlineData("max(empty) > 0", false), InlineData("max(empty) <= 0", false), InlineData("not max(empty) > 0", true),
        InlineData("count(empty) = 0", true)]
    // datasets
    [InlineData("Sales.rows = 3", true), InlineData("sales.max(amount) = 0.3", true), InlineData("[Sales].rows = 3", true)]
    public void A_condition_is_decided(string text, bool holds) => Assert.Equal(holds, Decide(text));

    [Theory]
    [InlineData("", 1), InlineData("rows", 5), InlineData("rows >", 7), InlineData("rows > 1 2", 10), InlineData("rows > 1 or", 12),
        InlineData("(rows > 1", 10), InlineData("rows > 1)", 9)]
    [InlineData("max > 1", 5), InlineData("max() > 1", 5), InlineData("max(a b) > 1", 7), InlineData("median(a) > 1", 1),
        InlineData("rows & 1", 6), InlineData("'a", 1), InlineData("rows > 'a", 8)]
    [InlineData("1 < 2", 1), InlineData("and rows > 1", 1), InlineData("rows > 1 and or rows > 2", 14), InlineData("a.b.rows > 1", 3),
        InlineData("rows -gt 1", 6), InlineData("rows > 1x", 8)]
    [InlineData("max(a) > 1e99", 10), InlineData("rows > >", 8), InlineData("max(*) > 1", 5), InlineData("select 1", 1), InlineData("7", 2)]
    public void What_is_no_condition_is_told_with_its_place(string text, int position)
    {
        var problem = Assert.Throws<ReportException>(() => Condition.OfSendWhen(text));
        Assert.Equal((nameof(ConditionErrors.ConditionNotUsable), ReportErrorCategory.ParserError), (problem.ErrorId, problem.Category));
        Assert.Contains($"at position {position} ", problem.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("max(amuont) > 1", nameof(ConditionErrors.ConditionColumnUnknown), "Did you mean 'amount'?")]
    [InlineData("total(note) > 1", nameof(ConditionErrors.ConditionNothingToAdd), "text")]
    [InlineData("avg([the day]) > 1", nameof(ConditionErrors.ConditionNothingToAdd), "dates")]
    [InlineData("max(note) > 1", nameof(ConditionErrors.ConditionTypesDiffer), "the text 'open'")]
    [InlineData("max(amount) > today", nameof(ConditionErrors.ConditionTypesDiffer), "which is a number, with today, which is a date")]
    [InlineData("max(amount) > 'much'", nameof(ConditionErrors.ConditionTypesDiffer), "the text 'much'")]
    [InlineData("rows > 'many'", nameof(ConditionErrors.ConditionTypesDiffer), "a text")]
    [InlineData("rows > today", nameof(ConditionErrors.ConditionTypesDiffer), "a date")]
    // also where the other side decides already
    [InlineData("rows > 0 or max(gone) > 1", nameof(ConditionErrors.ConditionColumnUnknown), "'gone'")]
    [InlineData("Orders.rows > 0", nameof(ConditionErrors.ConditionDatasetUnknown), "'Orders'")]
    public void What_the_result_cannot_answer_is_told(string text, string id, string words)
    {
        var problem = Assert.Throws<ReportException>(() => Decide(text));
        Assert.Equal(id, problem.ErrorId);
        Assert.Contains(words, problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_column_of_two_datasets_needs_the_name_of_one()
    {
        SourceColumn[] columns = [new(0, "id", "id", ColumnKind.Integer)];
        var condition = Condition.OfSendWhen("max(id) > 1")!;
        var problem = Assert.Throws<ReportException>(() => ConditionCheck.CheckColumns(condition, [("a", columns), ("b", columns)]));
        Assert.Equal(nameof(ConditionErrors.ConditionAmbiguous), problem.ErrorId);
        ConditionCheck.CheckColumns(Condition.OfSendWhen("b.max(id) > 1")!, [("a", columns), ("b", columns)]);
    }

    [Theory]
    [InlineData("Always", true), InlineData("always", true), InlineData("HasRows", false), InlineData("norows", false)]
    public void Words_stand_for_conditions(string text, bool isAlways) => Assert.Equal(isAlways, Condition.OfSendWhen(text) is null);

    [Fact]
    public void A_condition_as_long_as_allowed_and_as_deep_is_read()
    {
        Assert.NotNull(Condition.OfSendWhen(new string('(', 990) + "rows > 0" + new string(')', 990)));
        Assert.Equal(nameof(ConditionErrors.ConditionTooLong),
            Assert.Throws<ReportException>(() => Condition.OfSendWhen(new string('(', 3000))).ErrorId);
    }

    [Fact]
    public void What_was_found_is_told_in_words()
    {
        var (condition, watch) = Watch("rows > 5 or max([the day]) >= today or max(empty) > 0 or max(lag) > '1h'");
        Assert.Equal(
            "rows = 3, max([the day]) = 2026-11-27, max(empty) = nothing, max(lag) = 11m",
            new ConditionVerdict(condition, watch, Due, TimeZoneInfo.Utc).Found());
    }

    private static bool Decide(string text)
    {
        var (condition, watch) = Watch(text);
        return new ConditionVerdict(condition, watch, Due, TimeZoneInfo.Utc).Holds();
    }

    private static (Condition Condition, ConditionWatch Watch) Watch(string text)
    {
        SourceColumn[] columns =
        [
            new(0, "amount", "amount", ColumnKind.Decimal), new(1, "note", "note", ColumnKind.Text),
            new(2, "the day", "the day", ColumnKind.Date), new(3, "flag", "flag", ColumnKind.Boolean),
            new(4, "lag", "lag", ColumnKind.Time), new(5, "rough", "rough", ColumnKind.Double),
            new(6, "empty", "empty", ColumnKind.Integer),
        ];
        var batch = new RowBatch(columns.Length);
        for (var row = 0; row < 3; row++)
        {
            var cells = batch.Fill(row);
            cells[0].SetDecimal(0.1m * (row + 1));
            if (row > 0)
            {
                cells[1].SetText("open");
            }

            cells[2].SetDate(new DateTime(2026, 11, 25 + row));
            cells[3].SetBoolean(row == 2);
            cells[4].SetTime(TimeSpan.FromMinutes(3 + (4 * row)));
            cells[5].SetDouble(row + 0.5);
        }

        batch.Count = 3;
        var condition = Condition.OfSendWhen(text)!;
        var watch = new ConditionWatch(condition);
        watch.Begin("Sales", columns);
        watch.Take(batch);
        return (condition, watch);
    }
}
