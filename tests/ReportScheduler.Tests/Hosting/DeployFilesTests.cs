using System.Management.Automation.Language;
using System.Text.RegularExpressions;
using k8s;
using k8s.Models;
using ReportScheduler.Tests.Store.PostgreSql;
using ReportScheduler.Tests.Support;
using YamlDotNet.Serialization;

namespace ReportScheduler.Tests.Hosting;

/// <summary>The files under deploy fit the schemas of Kubernetes, one another, and the module.</summary>
public sealed partial class DeployFilesTests
{
    private const string Runner = "report-scheduler";

    private static readonly string Folder = Path.Combine(BuiltModule.Root, "deploy", "kubernetes");

    public static TheoryData<string> Files =>
        [.. Directory.GetFiles(Folder, "*.yaml").Select(file => Path.GetFileName(file)!).Where(name => name != "kustomization.yaml")];

    [Theory]
    [MemberData(nameof(Files))]
    public void Kubernetes_knows_every_field(string file)
    {
        // strict: a field that the API does not have, or of another type, is an error
        var thing = Assert.Single(KubernetesYaml.LoadAllFromString(File.ReadAllText(Path.Combine(Folder, file)), null, strict: true));
        var named = Assert.IsAssignableFrom<IMetadata<V1ObjectMeta>>(thing);
        Assert.StartsWith(Runner, named.Metadata.Name ?? named.Metadata.GenerateName, StringComparison.Ordinal);
        if (PodOf(thing) is not { } pod)
        {
            return;
        }

        var container = Assert.Single(pod.Spec.Containers);
        Assert.Equal((true, false, true), (pod.Spec.SecurityContext.RunAsNonRoot, container.SecurityContext.AllowPrivilegeEscalation,
            container.SecurityContext.ReadOnlyRootFilesystem));
        Assert.Equal(["ALL"], container.SecurityContext.Capabilities.Drop);
        Assert.All(container.VolumeMounts, mount => Assert.Contains(pod.Spec.Volumes, volume => volume.Name == mount.Name));
        Assert.Equal(Runner, Assert.Single(container.EnvFrom).ConfigMapRef.Name);
        var secret = pod.Spec.Volumes.Single(volume => volume.Secret is not null).Secret;
        // 0440 in octal: others cannot read it, which the module refuses
        Assert.Equal((Runner, 288), (secret.SecretName, secret.DefaultMode));
        Assert.Contains(container.VolumeMounts,
            mount => mount.MountPath == "/run/secrets/report-scheduler" && mount.ReadOnlyProperty == true);
    }

    [Fact]
    public void The_service_and_the_disruption_budget_find_the_runners_and_the_probes_ask_what_there_is()
    {
        var deployment = Load<V1Deployment>("deployment.yaml");
        var labels = deployment.Spec.Template.Metadata.Labels;
        Assert.Equal(2, deployment.Spec.Replicas);
        var service = Load<V1Service>("service.yaml");
        foreach (var selector in new[] { deployment.Spec.Selector.MatchLabels, service.Spec.Selector,
            Load<V1PodDisruptionBudget>("poddisruptionbudget.yaml").Spec.Selector.MatchLabels })
        {
            Assert.All(selector, pair => Assert.Equal(pair.Value, labels[pair.Key]));
        }

        var runner = deployment.Spec.Template.Spec.Containers[0];
        Assert.Equal(Assert.Single(runner.Ports).Name, (string)Assert.Single(service.Spec.Ports).TargetPort);
        foreach (var probe in new[] { runner.StartupProbe, runner.LivenessProbe, runner.ReadinessProbe })
        {
            Assert.Contains(probe.HttpGet.Path, (string[])["/healthz", "/readyz"]);
            Assert.Equal(runner.Ports[0].Name, (string)probe.HttpGet.Port);
        }

        Assert.Contains($":{runner.Ports[0].ContainerPort}/", runner.Args[0], StringComparison.Ordinal);
        var drain = int.Parse(Drain().Match(runner.Args[0]).Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture);
        Assert.InRange(deployment.Spec.Template.Spec.TerminationGracePeriodSeconds!.Value, drain * 60 + 21, drain * 60 + 120);
        // the others of the cluster have no part in it
        Assert.DoesNotContain(Load<V1CronJob>("cronjob.yaml").Spec.JobTemplate.Spec.Template.Metadata.Labels, pair =>
            pair.Key.EndsWith("component", StringComparison.Ordinal) && pair.Value == labels[pair.Key]);
    }

    [Fact]
    public void The_base_has_all_files_and_the_settings_that_they_name()
    {
        var all = Yaml(Path.Combine(Folder, "kustomization.yaml"));
        Assert.Equal(Files.Select(row => row.Data).Where(name => name != "store-job.yaml").Order(StringComparer.Ordinal),
            ((List<object>)all["resources"]).Cast<string>().Order(StringComparer.Ordinal));
        var settings = (Dictionary<object, object>)Assert.Single((List<object>)all["configMapGenerator"]);
        Assert.Equal(Runner, settings["name"]);
        Assert.Contains("REPORTSCHEDULER_KEY_FILE=/run/secrets/report-scheduler/keys", (List<object>)settings["literals"]);
        Assert.Equal(Runner, ((Dictionary<object, object>)Assert.Single((List<object>)all["images"]))["name"]);
    }

    [Fact]
    public void The_compose_file_waits_for_the_database_and_gives_runners_their_time()
    {
        var services = (Dictionary<object, object>)Yaml(Path.Combine(BuiltModule.Root, "deploy", "compose.yaml"))["services"];
        Assert.Equal(["database", "store", "runner"], services.Keys);
        var runner = (Dictionary<object, object>)services["runner"];
        Assert.Equal("330s", runner["stop_grace_period"]);
        Assert.Equal("service_completed_successfully",
            ((Dictionary<object, object>)((Dictionary<object, object>)runner["depends_on"])["store"])["condition"]);
        Assert.Equal("service_healthy", ((Dictionary<object, object>)((Dictionary<object, object>)
            ((Dictionary<object, object>)services["store"])["depends_on"])["database"])["condition"]);
    }

    [Fact]
    public void A_runner_that_listens_is_given_a_key_and_the_database_is_asked_by_the_network()
    {
        var services = (Dictionary<object, object>)Yaml(Path.Combine(BuiltModule.Root, "deploy", "compose.yaml"))["services"];
        var runner = (Dictionary<object, object>)services["runner"];
        Assert.Contains("-ApiKey env:REPORT_KEY", $"{Assert.Single((List<object>)runner["command"])}", StringComparison.Ordinal);
        var environment = (Dictionary<object, object>)runner["environment"];
        Assert.StartsWith("${REPORT_KEY:?", $"{environment["REPORT_KEY"]}", StringComparison.Ordinal);
        Assert.Equal("/keys/keys", environment["REPORTSCHEDULER_KEY_FILE"]);
        // the image's server for its first scripts listens on the socket alone
        var check = (Dictionary<object, object>)((Dictionary<object, object>)services["database"])["healthcheck"];
        Assert.Contains("-h 127.0.0.1", $"{((List<object>)check["test"])[1]}", StringComparison.Ordinal);
        Assert.Contains("-ApiKey file:", Load<V1Deployment>("deployment.yaml").Spec.Template.Spec.Containers[0].Args[0],
            StringComparison.Ordinal);
        Assert.Equal("AlwaysAllow", Load<V1PodDisruptionBudget>("poddisruptionbudget.yaml").Spec.UnhealthyPodEvictionPolicy);
    }

    [Fact]
    public void Every_command_in_them_is_one_of_the_module_with_parameters_that_it_has()
    {
        using var session = new PowerShellSession();
        var texts = Files.Select(row => KubernetesYaml.LoadAllFromString(File.ReadAllText(Path.Combine(Folder, row.Data)))[0])
            .Select(PodOf).OfType<V1PodTemplateSpec>().SelectMany(pod => pod.Spec.Containers[0].Args)
            .Concat(((Dictionary<object, object>)Yaml(Path.Combine(BuiltModule.Root, "deploy", "compose.yaml"))["services"]).Values
                .Cast<Dictionary<object, object>>().Where(service => service.ContainsKey("command"))
                .SelectMany(service => (List<object>)service["command"])
                .Select(text => $"{text}".Replace("$$", "$", StringComparison.Ordinal)))
            .ToList();
        Assert.Equal(5, texts.Count);
        foreach (var text in texts)
        {
            var parsed = Parser.ParseInput(text, out _, out var errors);
            Assert.Empty(errors);
            var commands = parsed.FindAll(node => node is CommandAst, searchNestedScriptBlocks: true).Cast<CommandAst>().ToList();
            Assert.NotEmpty(commands);
            foreach (var command in commands)
            {
                var known = session.Run($"(Get-Command {command.GetCommandName()} -Module ReportScheduler).Parameters.Keys")
                    .NoErrors().Output.Select(name => $"{name}").ToList();
                Assert.All(command.CommandElements.OfType<CommandParameterAst>(),
                    parameter => Assert.Contains(parameter.ParameterName, known));
            }
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void What_makes_the_tables_is_done_too_where_they_are_there_and_fails_where_there_is_no_database(bool isCompose)
    {
        var text = !isCompose ? Load<V1Job>("store-job.yaml").Spec.Template.Spec.Containers[0].Args[0]
            : $"{Assert.Single((List<object>)((Dictionary<object, object>)((Dictionary<object, object>)
                Yaml(Path.Combine(BuiltModule.Root, "deploy", "compose.yaml"))["services"])["store"])["command"])}"
                .Replace("$$", "$", StringComparison.Ordinal);
        var folder = Directory.CreateTempSubdirectory("report-scheduler-").FullName;
        using var database = new PostgreSqlStoreDatabase();
        int Exit(string address) => HostProcess.Run(folder, new Dictionary<string, string>
        {
            ["REPORTSCHEDULER_STORE"] = address,
            ["XDG_DATA_HOME"] = folder,
        }, "-NonInteractive", "-Command", text).ExitCode;
        Assert.Equal((0, 0, 1), (Exit(database.Address), Exit(database.Address), Exit("postgresql://reports@127.0.0.1:1/reports")));
        Directory.Delete(folder, recursive: true);
    }

    private static T Load<T>(string file) => KubernetesYaml.Deserialize<T>(File.ReadAllText(Path.Combine(Folder, file)), strict: true);

    private static V1PodTemplateSpec? PodOf(object thing) => thing switch
    {
        V1Deployment deployment => deployment.Spec.Template,
        V1CronJob job => job.Spec.JobTemplate.Spec.Template,
        V1Job job => job.Spec.Template,
        _ => null,
    };

    private static Dictionary<string, object> Yaml(string path) =>
        new DeserializerBuilder().Build().Deserialize<Dictionary<string, object>>(
            new YamlDotNet.Core.MergingParser(new YamlDotNet.Core.Parser(new StringReader(File.ReadAllText(path)))));

    [GeneratedRegex(@"-DrainTimeout (\d+)m\b")]
    private static partial Regex Drain();
}
