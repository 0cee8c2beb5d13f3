from envtune.nemo_gym.app import main

if __name__ == "__main__":
    main()
