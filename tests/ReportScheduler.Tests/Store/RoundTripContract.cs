using System.Collections.Specialized;
using System.Globalization;

namespace ReportScheduler.Tests.Store;

public abstract class RoundTripContract<TPlace> : StoreContract<TPlace>
    where TPlace : StorePlace, new()
{
    [Fact]
    public void Every_property_of_a_task_comes_back_as_it_was()
    {
        var task = SampleModel.Create<ReportTask>(1);
        NewStore().PutTask(task, PutMode.Add, task.At);
        var back = NewStore().FindTask(task.Name.ToUpperInvariant())!;
        Assert.Equal(SampleModel.Describe(task, "State"), SampleModel.Describe(back, "State"));
        Assert.Equal(task.At, back.State.NextRunAt);
        Assert.Equal(SampleModel.Describe(back), SampleModel.Describe(Assert.Single(NewStore().GetTasks())));
    }

    // what is left where text is cut in the middle of an emoji
    [Fact]
    public void Half_a_character_is_kept_as_the_character_that_stands_for_none()
    {
        const string Half = "x\uD83D";
        var entries = new OrderedDictionary { [Half] = new object[] { Half, new OrderedDictionary { [Half] = Half } } };
        NewStore().PutTask(new ReportTask { Id = "1", Name = "a", Description = Half, Query = Half + "y", Subject = Half, Body = Half,
            Parameters = entries }, PutMode.Add, null);
        var task = NewStore().FindTask("a")!;
        Assert.Equal(("x\uFFFD", "x\uFFFDy", "x\uFFFD", "x\uFFFD"), (task.Description, task.Query, task.Subject, task.Body));
        Assert.Equal("x\uFFFD", Assert.Single(task.Parameters!.Keys.Cast<string>()));
        NewStore().Connections.Put(new ReportConnection { Name = "c", ConnectionString = "Data Source=" + Half }, PutMode.Add);
        Assert.Equal("Data Source=x\uFFFD", NewStore().Connections.Find("c")!.ConnectionString);
        var run = new ReportRun { Id = "r", TaskId = "1", DueAt = Noon, StartedAt = Noon, Owner = "me", Warnings = [Half],
            Deliveries = [new ReportDelivery { Id = "d", RunId = "r", Target = Half, State = DeliveryState.Failed }] };
        NewStore().AddRun(run);
        (run.Outcome, run.Error, run.Condition) = (RunOutcome.Failed, Half, Half);
        Assert.True(NewStore().FinishRun(run));
        var back = Assert.Single(NewStore().GetRuns(new RunFilter { RunId = "r" }));
        Assert.Equal(("x\uFFFD", "x\uFFFD", "x\uFFFD"), (back.Error, back.Warnings[0], back.Deliveries[0].Target));
        Assert.Equal("x\uFFFD", NewStore().FindTask("a")!.State.LastError);
        // asked for by a name like that
        Assert.Null(NewStore().FindTask(Half));
        Assert.Null(NewStore().Connections.Find(Half));
        var problem = Assert.Throws<ReportException>(() => NewStore().PutTask(new ReportTask { Id = "2", Name = Half }, PutMode.Add, null));
        Assert.Equal(("NameCutThrough", ReportErrorCategory.InvalidArgument), (problem.ErrorId, problem.Category));
        Assert.Throws<ReportException>(() => NewStore().Connections.Put(new ReportConnection { Name = Half }, PutMode.Add));
    }

    [Fact]
    public void A_task_with_nothing_set_comes_back_as_it_was()
    {
        var task = new ReportTask { Id = "1", Name = "plain" };
        NewStore().PutTask(task, PutMode.Add, null);
        Assert.Equal(SampleModel.Describe(task, "State"), SampleModel.Describe(NewStore().FindTask("1")!, "State"));
    }

    [Fact]
    public void Every_property_of_a_connection_comes_back_as_it_was()
    {
        var connection = SampleModel.Create<ReportConnection>(1);
        NewStore().Connections.Put(connection, PutMode.Add);
        // server and database are worked out from the connection string
        Assert.Equal(SampleModel.Describe(connection, "Server", "Database"),
            SampleModel.Describe(NewStore().Connections.Find(connection.Name)!, "Server", "Database"));
    }

    [Fact]
    public void Every_property_of_a_mail_server_comes_back_as_it_was()
    {
        var server = SampleModel.Create<ReportMailServer>(1);
        NewStore().MailServers.Put(server, PutMode.Add);
        Assert.Equal(SampleModel.Describe(server), SampleModel.Describe(NewStore().MailServers.Find(server.Name)!));
    }

    [Fact]
    public void Every_property_of_an_identity_comes_back_as_it_was()
    {
        var identity = SampleModel.Create<ReportIdentity>(1);
        NewStore().Identities.Put(identity, PutMode.Add);
        Assert.Equal(SampleModel.Describe(identity), SampleModel.Describe(NewStore().Identities.Find(identity.Name)!));
    }

    [Fact]
    public void Every_property_of_a_theme_comes_back_as_it_was()
    {
        var theme = SampleModel.Create<ReportTheme>(1);
        NewStore().Themes.Put(theme, PutMode.Add);
        Assert.Equal(SampleModel.Describe(theme), SampleModel.Describe(NewStore().Themes.Find(theme.Name)!));
    }

    [Fact]
    public void Every_property_of_the_options_comes_back_as_it_was()
    {
        Assert.Equal(SampleModel.Describe(new ReportSchedulerOption()), SampleModel.Describe(NewStore().GetOption()));
        var option = SampleModel.Create<ReportSchedulerOption>(1);
        NewStore().SetOption(option);
        Assert.Equal(SampleModel.Describe(option), SampleModel.Describe(NewStore().GetOption()));
    }

    [Fact]
    public void Every_property_of_a_run_and_its_deliveries_comes_back_as_it_was()
    {
        var run = SampleModel.Create<ReportRun>(1);
        run.Outcome = RunOutcome.Running;
        run.Folder = Path.Combine(NewStore().Files.Folder, run.Id);
        foreach (var delivery in run.Deliveries)
        {
            (delivery.MessagePath, delivery.Files) = (Path.Combine(run.Folder, "message.eml"), [Path.Combine(run.Folder, "report.csv")]);
        }

        foreach (var (delivery, i) in run.Deliveries.Select((delivery, i) => (delivery, i)))
        {
            (delivery.Id, delivery.RunId, delivery.CreatedAt) = ($"d{i}", run.Id, delivery.CreatedAt.AddSeconds(i));
        }

        NewStore().AddRun(run);
        var back = Assert.Single(NewStore().GetRuns(new RunFilter { RunId = run.Id }));
        // the heartbeat is the owner's
        string[] without =
            [nameof(ReportRun.IsTakenOver), nameof(ReportRun.IsGivenBack), nameof(ReportRun.TaskNextRunAt), nameof(ReportRun.HeartbeatAt),
                nameof(ReportRun.FilesElsewhere)];
        Assert.Equal(SampleModel.Describe(run, without), SampleModel.Describe(back, without));
        Assert.Equal(Noon, back.HeartbeatAt);
    }

#pragma warning disable CA1000 // xUnit reads the data of a theory from a static member
    public static IEnumerable<TheoryDataRow<object?>> Values => new object?[]
    {
        null, "", "  x ", "01", true, false, 0, int.MinValue, long.MaxValue, 1L, 0.1, double.NaN, double.NegativeInfinity,
        0.1m, 1.10m, decimal.MaxValue, Guid.Parse("00112233-4455-6677-8899-aabbccddeeff"), new byte[] { 0, 255 }, Array.Empty<byte>(),
        new DateTime(2026, 3, 29, 2, 30, 0, 1).AddTicks(1), new DateTime(2026, 3, 29, 2, 30, 0, DateTimeKind.Utc), DateTime.MaxValue,
        DateTime.MinValue, new DateTimeOffset(2026, 3, 29, 2, 30, 0, TimeSpan.FromHours(-9.5)), DateTimeOffset.MaxValue,
        new DateOnly(1, 1, 1), new TimeOnly(23, 59, 59, 999), TimeSpan.MinValue, TimeSpan.FromTicks(1),
        (byte)255, (sbyte)-1, short.MinValue, ushort.MaxValue, uint.MaxValue, ulong.MaxValue, 0.1f, 'é',
        new[] { "a", "", null }, new[] { 1, 2 }, new[] { 1.5m }, new object?[] { 1, "1", null, 1L }, Array.Empty<string>(),
        new long[] { 1 },
        new[] { new DateTime(2026, 1, 1) }, new[] { Guid.Empty },
        new OrderedDictionary { ["b"] = new[] { 1, 2 }, ["a"] = new OrderedDictionary { ["x"] = TimeSpan.Zero } },
    }.Select(value => new TheoryDataRow<object?>(value));
#pragma warning restore CA1000

    [Theory]
    [MemberData(nameof(Values), DisableDiscoveryEnumeration = true)]
    public void A_parameter_keeps_its_type_and_value(object? value)
    {
        // neither the culture of the writer nor that of the reader matters
        CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("de-DE");
        var task = new ReportTask { Id = "1", Name = "t", Parameters = new OrderedDictionary { ["p"] = value } };
        NewStore().PutTask(task, PutMode.Add, null);
        CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("ar-SA");
        var back = NewStore().FindTask("t")!.Parameters!["p"];
        Assert.Equal(value?.GetType(), back?.GetType());
        Assert.Equal(value, back);
        if (value is DateTime time)
        {
            Assert.Equal(time.Kind, ((DateTime)back!).Kind);
        }

        if (value is DateTimeOffset instant)
        {
            Assert.Equal(instant.Offset, ((DateTimeOffset)back!).Offset);
        }

        if (value is decimal number)
        {
            Assert.Equal(decimal.GetBits(number), decimal.GetBits((decimal)back!));
        }
    }

    [Fact]
    public void A_parameter_of_a_type_that_no_query_takes_is_refused()
    {
        var task = new ReportTask { Id = "1", Name = "t", Parameters = new OrderedDictionary { ["p"] = new Uri("http://x/") } };
        var problem = Assert.Throws<ReportException>(() => NewStore().PutTask(task, PutMode.Add, null));
        Assert.Equal("ValueCannotBeKept", problem.ErrorId);
        Assert.Equal(ReportErrorCategory.InvalidArgument, problem.Category);
        Assert.Empty(NewStore().GetTasks());
    }
}
