using LiteDB;
using ReportScheduler.Files;
using ReportScheduler.Store;
using ReportScheduler.Store.LiteDb;

namespace ReportScheduler.Tests.Store.LiteDb;

/// <summary>Definitions that a process has read are read again when they may be others, and not before.</summary>
public sealed class DefinitionCacheTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("report-scheduler-").FullName;
    private readonly DefinitionStamp stamp;
    private readonly DefinitionCache cache;
    private long number = 1;
    private int reads;

    public DefinitionCacheTests()
    {
        stamp = new DefinitionStamp(StorePath);
        cache = new DefinitionCache(stamp, () => number);
    }

    private string StorePath => Path.Combine(folder, "reports.db");

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void What_was_read_is_given_until_the_stamp_is_another_one()
    {
        Assert.Equal([1, 1, 1], [Get("a"), Get("a"), Get("a")]);
        Assert.Equal([2, 1, 2], [Get("b"), Get("a"), Get("b")]);
        stamp.Renew();
        Assert.Equal([3, 3, 4, 4], [Get("a"), Get("a"), Get("b"), Get("b")]);
    }

    [Fact]
    public void What_was_read_is_given_until_another_file_is_in_the_place_of_the_store()
    {
        Assert.Equal([1, 1], [Get("a"), Get("a")]);
        number = 2;
        Assert.Equal([2, 2], [Get("a"), Get("a")]);
        // read from a file that this very opening shows to be another one: not kept for either
        Assert.Equal(3, Get("b", () => number = 3));
        Assert.Equal([4, 4], [Get("b"), Get("b")]);
    }

    [Fact]
    public void What_changes_while_it_is_read_is_read_again()
    {
        Assert.Equal(1, Get("a", () => stamp.Renew()));
        Assert.Equal([2, 2], [Get("a"), Get("a")]);
    }

    [Fact]
    public void What_cannot_be_read_is_asked_for_again()
    {
        Assert.Throws<FormatException>(() => cache.Get("a", () => throw new FormatException()));
        Assert.Equal([1, 1], [Get("a"), Get("a")]);
        Assert.Empty(cache.Get("none", () => []));
        Assert.Empty(cache.Get("none", () => throw new FormatException()));
    }

    [Fact]
    public void It_does_not_grow_with_what_is_asked_for()
    {
        for (var i = 0; i < 1000; i++)
        {
            Get($"{i}");
        }

        Assert.Equal([500, 1001], [Get("499"), Get("one more")]);
        Assert.Equal(1002, Get("499"));
    }

    [Theory]
    [InlineData("changed")]
    [InlineData("removed and made again")]
    [InlineData("option")]
    [InlineData("restored")]
    public void A_change_by_another_process_is_seen_by_the_next_one_who_asks(string change)
    {
        // another object with a cache of its own, as another process has
        var (mine, other) = (Open(), Open());
        mine.PutTask(new ReportTask { Id = "1", Name = "a", Query = "before" }, PutMode.Add, null);
        File.Copy(StorePath, StorePath + ".kept");
        mine.Connections.Put(new ReportConnection { Name = "c", ConnectionString = "before" }, PutMode.Add);
        for (var i = 0; i < 2; i++)
        {
            Assert.Equal(("before", "before", 100), (mine.FindDefinition("1")!.Query, mine.Connections.Find("C")!.ConnectionString,
                mine.GetOption().KeepRuns));
        }

        switch (change)
        {
            case "changed":
                other.PutTask(new ReportTask { Id = "1", Name = "a", Query = "after" }, PutMode.Replace, null);
                Assert.Equal("after", mine.FindDefinition("1")!.Query);
                other.Connections.Put(new ReportConnection { Name = "c", ConnectionString = "after" }, PutMode.Replace);
                Assert.Equal("after", mine.Connections.Find("c")!.ConnectionString);
                break;
            case "removed and made again":
                other.RemoveTask("1");
                other.Connections.Remove("c");
                Assert.Equal((null, null, 0), (mine.FindDefinition("1"), mine.Connections.Find("c"), mine.Connections.All().Count));
                other.Connections.Put(new ReportConnection { Name = "C", ConnectionString = "after" }, PutMode.Add);
                Assert.Equal("after", mine.Connections.Find("c")!.ConnectionString);
                break;
            case "option":
                other.SetOption(new ReportSchedulerOption { KeepRuns = 7 });
                Assert.Equal(7, mine.GetOption().KeepRuns);
                break;
            case "restored":
                // by hand, with the stamp of the store that was there
                File.Move(StorePath + ".kept", StorePath, overwrite: true);
                _ = mine.GetEarliestDue();
                Assert.Null(mine.Connections.Find("c"));
                break;
        }
    }

    [Fact]
    public void Whoever_asks_while_others_change_gets_what_was_there_then_or_later()
    {
        const int Changes = 40;
        var (mine, other) = (Open(), Open());
        var written = 0;
        Put(0);
        using var over = new CancellationTokenSource();
        var readers = Enumerable.Range(0, 4).Select(_ => Task.Run(() =>
        {
            var (asked, last) = (0, 0);
            do
            {
                var before = Volatile.Read(ref written);
                var seen = int.Parse(mine.FindDefinition("1")!.Query!, System.Globalization.CultureInfo.InvariantCulture);
                Assert.InRange(seen, Math.Max(before, last), Changes);
                (asked, last) = (asked + 1, seen);
            }
            while (!over.IsCancellationRequested);

            return asked;
        }, TestContext.Current.CancellationToken)).ToArray();
        for (var i = 1; i <= Changes; i++)
        {
            Put(i);
        }

        over.Cancel();
        Assert.All(readers, reader => Assert.True(reader.Result > 0));

        void Put(int i)
        {
            other.PutTask(new ReportTask { Id = "1", Name = "a", Query = $"{i}" }, PutMode.Replace, null);
            Volatile.Write(ref written, i);
        }
    }

    private IReportStore Open() => StoreFile.Open(StorePath, StoreScope.User);

    /// <returns>Which read gave it.</returns>
    private int Get(string key, Action? meanwhile = null) => cache.Get(key, () =>
    {
        meanwhile?.Invoke();
        return [new BsonDocument { ["read"] = ++reads }];
    })[0]["read"].AsInt32;
}
