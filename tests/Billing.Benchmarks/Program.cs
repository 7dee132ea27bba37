using Billing.Benchmarks;

return await BenchCommand.Run(args, [new AppendBenchmark(), new HttpBenchmark(), new RebuildBenchmark(), new LoadBenchmark(), new ScaleBenchmark()]);
