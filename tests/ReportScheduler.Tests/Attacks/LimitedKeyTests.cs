using System.Net;
using System.Reflection;
using ReportScheduler.Store;
using ReportScheduler.Tests.Http;
using ReportScheduler.Tests.Store;

namespace ReportScheduler.Tests.Attacks;

/// <summary>A key that is limited to tasks of its own learns nothing about the
/// others: not that they are there, not what they are.</summary>
public sealed class LimitedKeyTests : StoreFolderFixture
{
    private const string Key = "0123456789abcdef-limited";

    [Theory]
    // there and not there: by name, by another case, by id, disabled, with a body that would be refused
    [InlineData("POST", "/tasks/{0}/run", "", "secret payroll", "no such task")]
    [InlineData("POST", "/tasks/{0}/run", "", "SECRET PAYROLL", "NO SUCH TASK")]
    [InlineData("POST", "/tasks/{0}/run", "", "77", "78")]
    [InlineData("POST", "/tasks/{0}/run", "", "off", "on")]
    [InlineData("POST", "/tasks/{0}/run", "not json", "secret payroll", "no such task")]
    [InlineData("POST", "/tasks/{0}/run", "{\"parameters\": {\"x\": 1}}", "secret payroll", "no such task")]
    [InlineData("GET", "/tasks/{0}/run", "", "secret payroll", "no such task")]
    [InlineData("POST", "/tasks/{0}", "", "secret payroll", "no such task")]
    // runs of others
    [InlineData("GET", "/runs/{0}", "", "theirs", "nobodys")]
    public async Task What_is_there_and_what_is_not_are_answered_alike_with_the_same_work(string method, string path, string body,
        string there, string missing)
    {
        var store = NewStore();
        var counted = CountingStore.Around(store);
        using var server = new HttpTestServer(counted);
        store.PutTask(new ReportTask { Id = "77", Name = "secret payroll", HttpParameters = ["x"] }, PutMode.Add, null);
        store.PutTask(new ReportTask { Id = "5", Name = "own" }, PutMode.Add, null);
        store.AddRun(new ReportRun { Id = "theirs", TaskId = "77", DueAt = DateTimeOffset.UnixEpoch, Trigger = RunTrigger.Manual });
        store.Keys.Put(new ReportSchedulerKey { Name = "ci", TaskId = ["5", "gone"], ProtectedKey = store.Secrets.Protect(Key) },
            PutMode.Add);
        // what is read once
        Assert.Equal(HttpStatusCode.Accepted, (await server.Send("POST", "/tasks/own/run", Key)).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await server.Send("POST", "/tasks/warm up/run", Key)).StatusCode);
        var answers = new List<string>();
        foreach (var name in new[] { there, missing })
        {
            CountingStore.Of(counted).Clear();
            var answer = await server.Send(method, string.Format(System.Globalization.CultureInfo.InvariantCulture, path, name), Key, body,
                ("Idempotency-Key", "one"));
            var headers = string.Join('\n', answer.Headers.Concat(answer.Content.Headers).Where(header => header.Key != "Date")
                .Select(header => $"{header.Key}: {string.Join(',', header.Value)}"));
            answers.Add(
                $"{answer.StatusCode}\n{headers}\n{await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)}\n"
                    + $"{string.Join(' ', CountingStore.Of(counted))}");
        }

        Assert.Equal(answers[1], answers[0]);
        Assert.DoesNotContain("secret", answers[0], StringComparison.OrdinalIgnoreCase);
        Assert.Single(server.Asked);
    }

    /// <summary>A store that takes down which of its methods are called.</summary>
    public class CountingStore : DispatchProxy
    {
        private readonly List<string> calls = [];
        private IReportStore store = null!;

        internal static IReportStore Around(IReportStore store)
        {
            var proxy = Create<IReportStore, CountingStore>();
            Of(proxy, found => found.store = store);
            return proxy;
        }

        internal static List<string> Of(IReportStore proxy) => ((CountingStore)(object)proxy).calls;

        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
        {
            lock (calls)
            {
                calls.Add(targetMethod!.Name);
            }

            try
            {
                return targetMethod.Invoke(store, args);
            }
            catch (TargetInvocationException inner)
            {
                throw inner.InnerException!;
            }
        }

        private static void Of(IReportStore proxy, Action<CountingStore> change) => change((CountingStore)(object)proxy);
    }
}
